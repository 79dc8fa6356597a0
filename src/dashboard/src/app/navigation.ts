import {
  Activity,
  Blocks,
  Clock,
  Database,
  DatabaseBackup,
  HeartPulse,
  House,
  KeyRound,
  type LucideIcon,
  Mails,
  MonitorSmartphone,
  Network,
  ScrollText,
  Settings,
  SquareTerminal,
} from 'lucide-react';

/** One entry of the navigation; `label` is a key of the words in `common` under `nav`. */
export interface NavEntry {
  label:
    | 'home'
    | 'collections'
    | 'map'
    | 'logs'
    | 'api'
    | 'mails'
    | 'backups'
    | 'crons'
    | 'sql'
    | 'audit'
    | 'sessions'
    | 'keys'
    | 'doctor'
    | 'settings';
  to: string;
  icon: LucideIcon;
}

/** The navigation, in groups from what is needed daily to what is needed rarely. */
export const navigation: { group: 'work' | 'insight' | 'run'; entries: NavEntry[] }[] = [
  {
    group: 'work',
    entries: [
      { label: 'home', to: '/', icon: House },
      { label: 'collections', to: '/collections', icon: Database },
      { label: 'api', to: '/api', icon: Blocks },
    ],
  },
  {
    group: 'insight',
    entries: [
      { label: 'map', to: '/map', icon: Network },
      { label: 'logs', to: '/logs', icon: Activity },
      { label: 'audit', to: '/audit', icon: ScrollText },
      { label: 'doctor', to: '/doctor', icon: HeartPulse },
    ],
  },
  {
    group: 'run',
    entries: [
      { label: 'mails', to: '/mails', icon: Mails },
      { label: 'backups', to: '/backups', icon: DatabaseBackup },
      { label: 'crons', to: '/crons', icon: Clock },
      { label: 'sql', to: '/sql', icon: SquareTerminal },
      { label: 'sessions', to: '/sessions', icon: MonitorSmartphone },
      { label: 'keys', to: '/keys', icon: KeyRound },
      { label: 'settings', to: '/settings', icon: Settings },
    ],
  },
];

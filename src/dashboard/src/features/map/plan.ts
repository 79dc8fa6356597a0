import { Antenna, AppWindow, Clock, Database, DatabaseBackup, FileText, Flame, KeyRound, type LucideIcon, Mail, ShieldCheck } from 'lucide-react';
import type { PartName } from '~/api/overview';

/** A box of the map: what the server measures, and the apps that use it. */
export type BoxName = PartName | 'apps';

/** How a box looks, where it leads, and where it stands: column and row in the wide and in the narrow picture. */
export interface Box {
  name: BoxName;
  icon: LucideIcon;
  to: string;
  wide: [number, number];
  narrow: [number, number];
}

/** The boxes, in the order in which a request meets them. */
export const boxes: Box[] = [
  { name: 'apps', icon: AppWindow, to: '/logs?others=yes', wide: [0, 1], narrow: [0, 0] },
  { name: 'server', icon: Flame, to: '/logs', wide: [1, 1], narrow: [0, 1] },
  { name: 'auth', icon: KeyRound, to: '/sessions', wide: [2, 1], narrow: [0, 2] },
  { name: 'rules', icon: ShieldCheck, to: '/collections', wide: [3, 1], narrow: [0, 3] },
  { name: 'database', icon: Database, to: '/sql', wide: [4, 0.5], narrow: [0, 4] },
  { name: 'files', icon: FileText, to: '/settings/files', wide: [4, 1.5], narrow: [1, 4] },
  { name: 'live', icon: Antenna, to: '/logs?filter=message~"realtime"', wide: [2, 0], narrow: [1, 0] },
  { name: 'mail', icon: Mail, to: '/mails', wide: [1, 2], narrow: [1, 1] },
  { name: 'jobs', icon: Clock, to: '/crons', wide: [2, 2], narrow: [1, 2] },
  { name: 'backups', icon: DatabaseBackup, to: '/backups', wide: [3, 2], narrow: [1, 3] },
];

/** A way between two boxes; the traffic on it is that of the part `of`. Some are drawn in the wide picture only, where they cross nothing. */
export interface Way {
  from: BoxName;
  to: BoxName;
  of: PartName;
  wideOnly?: boolean;
}

/** The ways, in the direction in which things go. */
export const ways: Way[] = [
  { from: 'apps', to: 'server', of: 'server' },
  { from: 'server', to: 'auth', of: 'auth' },
  { from: 'auth', to: 'rules', of: 'rules' },
  { from: 'rules', to: 'database', of: 'database' },
  { from: 'rules', to: 'files', of: 'files' },
  { from: 'database', to: 'live', of: 'live', wideOnly: true },
  { from: 'live', to: 'apps', of: 'live' },
  { from: 'server', to: 'mail', of: 'mail', wideOnly: true },
  { from: 'jobs', to: 'mail', of: 'mail' },
  { from: 'jobs', to: 'backups', of: 'jobs' },
];

/** The side of a box. */
export type Side = 'top' | 'right' | 'bottom' | 'left';

/** On which sides a way leaves and arrives, so that it is short. */
export function sidesOf([fromX, fromY]: [number, number], [toX, toY]: [number, number]): [Side, Side] {
  const [x, y] = [toX - fromX, toY - fromY];
  // A far way beside a row must not run through the boxes between.
  if (Math.abs(x) > 1 && y > 0) return [x > 0 ? 'right' : 'left', 'top'];
  if (Math.abs(x) > 1 && y < 0) return ['top', x > 0 ? 'left' : 'right'];
  if (Math.abs(x) >= Math.abs(y)) return x > 0 ? ['right', 'left'] : ['left', 'right'];
  return y > 0 ? ['bottom', 'top'] : ['top', 'bottom'];
}

/** How many dots travel on a way with so many calls in a minute: none when it rests, not many more when there is much more, and no more than there is room for. */
export const dotsOf = (calls: number, length: number): number =>
  calls <= 0 ? 0 : Math.max(1, Math.min(5, 1 + Math.floor(Math.log10(calls) * 1.5), Math.floor(length / 22)));

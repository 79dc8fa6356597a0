import {
  Antenna,
  Cog,
  Database,
  FileText,
  Flame,
  Gauge,
  Hourglass,
  KeyRound,
  type LucideIcon,
  Mail,
  PackageOpen,
  Puzzle,
  Reply,
  Save,
  ShieldCheck,
  UserRound,
} from 'lucide-react';
import type { Cause } from '../model/shares';

/** The picture of each kind of step. Its colour is the CSS class of the same name in looks.module.css. */
export const icons: Record<Cause | 'other', LucideIcon> = {
  caller: UserRound,
  limits: Gauge,
  body: PackageOpen,
  password: KeyRound,
  rule: ShieldCheck,
  hooks: Puzzle,
  database: Database,
  files: FileText,
  mail: Mail,
  live: Antenna,
  answer: Reply,
  waiting: Hourglass,
  commit: Save,
  server: Flame,
  other: Cog,
};

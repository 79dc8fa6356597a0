import {
  AtSign,
  Braces,
  Calendar,
  CalendarClock,
  CircleDot,
  File,
  Hash,
  KeyRound,
  Link,
  ListChecks,
  Lock,
  type LucideIcon,
  MapPin,
  Pilcrow,
  Share2,
  SquareCheck,
  Type,
} from 'lucide-react';

const icons: Record<string, LucideIcon> = {
  text: Type,
  editor: Pilcrow,
  number: Hash,
  bool: SquareCheck,
  email: AtSign,
  url: Link,
  date: Calendar,
  autodate: CalendarClock,
  select: ListChecks,
  file: File,
  relation: Share2,
  json: Braces,
  geoPoint: MapPin,
  password: Lock,
};

/** The picture of a type of field, beside its name. */
export function FieldIcon({ type, primary = false, size = 14 }: { type: string; primary?: boolean; size?: number }) {
  const Icon = primary ? KeyRound : (icons[type] ?? CircleDot);
  return <Icon size={size} strokeWidth={1.8} aria-hidden color="var(--mantine-color-dimmed)" />;
}

import type { Section } from './model';

const places: [string, Section][] = [
  ['meta.sender', 'mail'],
  ['meta', 'app'],
  ['smtp', 'mail'],
  ['s3', 'files'],
  ['files', 'files'],
  ['backups', 'backups'],
  ['logs', 'logs'],
  ['journeys', 'logs'],
  ['audit', 'logs'],
  ['rateLimits', 'limits'],
  ['batch', 'limits'],
  ['trustedProxy', 'network'],
  ['superuserIPs', 'network'],
];

/** The section that shows a setting, by its path. */
export const sectionOf = (path: string): Section => places.find(([start]) => path.startsWith(start))?.[1] ?? 'json';

/** Something that an operator should know, as `GET /api/doctor` answers it. */
export interface Finding {
  gravity: 'problem' | 'warning' | 'fact' | 'good';
  area: string;
  text: string;
  advice: string;
  lines: string[];
}

/** From what needs a hand to what is all right. */
export const gravities = ['problem', 'warning', 'fact', 'good'] as const;
export const areas = ['program', 'database', 'files', 'settings', 'rules'] as const;

const settings: [RegExp, string][] = [
  [/\bbackups\./, '/settings/backups'],
  [/\bmeta\.sender|\bsmtp\b/, '/settings/mail'],
  [/\bmeta\./, '/settings/app'],
  [/\bsuperuserIPs\b|\btrustedProxy\b/, '/settings/network'],
  [/\brateLimits\b|\bbatch\b/, '/settings/limits'],
  [/\blogs\.|\baudit\./, '/settings/logs'],
  [/\bs3\b|\bfiles\.encrypt\b/, '/settings/files'],
];

/** The page on which the advice of a finding can be followed; undefined when it is done elsewhere. */
export function placeOf({ area, advice }: Finding): string | undefined {
  const place = settings.find(([words]) => words.test(advice))?.[1];
  if (place) return place;
  if (/__hearthFilesReconcile__/.test(advice)) return '/crons';
  return area === 'rules' && advice ? '/collections' : undefined;
}

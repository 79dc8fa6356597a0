import { describe, expect, it } from 'vitest';
import { placeOf } from './findings';

const at = (area: string, advice: string) => placeOf({ gravity: 'warning', area, text: '', advice, lines: [] });

describe('where a finding can be mended', () => {
  it.each([
    ['settings', 'Set meta.appURL to the public address.', '/settings/app'],
    ['settings', 'Set meta.senderAddress.', '/settings/mail'],
    ['settings', 'Turn on smtp, see docs/guide/mail.md.', '/settings/mail'],
    ['settings', 'Set backups.cron, such as @daily, or make them yourself.', '/settings/backups'],
    ['settings', 'superuserIPs narrows that.', '/settings/network'],
    ['files', 'Do it now with `hearth doctor --files`, or by running the job __hearthFilesReconcile__.', '/crons'],
    ['rules', 'Mark the field as protected if that is not what you want.', '/collections'],
    ['settings', 'Start with --encryption-env, see docs/guide/secrets.md.', undefined],
    ['rules', '', undefined],
  ])('%s: %s', (area, advice, place) => expect(at(area, advice)).toBe(place));
});

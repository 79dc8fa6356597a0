import { describe, expect, it } from 'vitest';
import { changesOf, pathsOf } from './changes';

describe('changes of settings', () => {
  const before = {
    meta: { appName: 'Acme', hideControls: false },
    superuserIPs: ['10.0.0.1'],
    backups: { cron: '', s3: { enabled: false, bucket: '' } },
  };

  it('has nothing when nothing changed', () => expect(changesOf(before, structuredClone(before))).toEqual({}));

  it('has only what changed, lists whole', () => {
    const after = structuredClone(before);
    after.meta.hideControls = true;
    after.superuserIPs.push('10.0.0.2');
    after.backups.s3.bucket = 'atlas';
    const changes = changesOf(before, after);
    expect(changes).toEqual({ meta: { hideControls: true }, superuserIPs: ['10.0.0.1', '10.0.0.2'], backups: { s3: { bucket: 'atlas' } } });
    expect(pathsOf(changes)).toEqual(['meta.hideControls', 'superuserIPs', 'backups.s3.bucket']);
  });

  it('keeps a secret that nobody touched, and clears one that was emptied', () => {
    expect(changesOf({ smtp: { host: 'a' } }, { smtp: { host: 'a', password: undefined } })).toEqual({});
    expect(changesOf({ smtp: { host: 'a' } }, { smtp: { host: 'a', password: '' } })).toEqual({ smtp: { password: '' } });
  });
});

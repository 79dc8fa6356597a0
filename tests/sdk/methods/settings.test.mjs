// pb.settings and pb.health (contract 10.1, 10.2).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

const s3 = { enabled: false, bucket: '', region: '', endpoint: '', accessKey: '', forcePathStyle: false };
const defaults = {
  meta: { appName: 'Acme', appURL: 'http://localhost:8090', accentColor: '#1055c9', senderName: 'Support', senderAddress: 'support@example.com', hideControls: false },
  logs: { maxDays: 5, minLevel: 0, logIP: true, logAuthId: false, maxDataSize: 0, maxTotalSize: 1_073_741_824 },
  realtime: { maxStreamsPerIP: 1000, maxMessagesPerSecond: 50 },
  journeys: { enabled: true, slowMs: 100, sample: 0.1 },
  audit: { maxDays: 365 },
  smtp: { enabled: false, host: 'smtp.example.com', port: 587, username: '', authMethod: '', tls: false, localName: '' },
  s3,
  files: { encrypt: false },
  backups: { cron: '', cronMaxKeep: 3, historyDays: 0, s3 },
  batch: { enabled: false, maxRequests: 50, timeout: 3, maxBodySize: 0 },
  rateLimits: {
    enabled: false, excludedIPs: [], rules: [
      { label: '*:auth', audience: '', duration: 3, maxRequests: 2 }, { label: '*:create', audience: '', duration: 5, maxRequests: 20 },
      { label: '/api/batch', audience: '', duration: 1, maxRequests: 3 }, { label: '/api/', audience: '', duration: 10, maxRequests: 300 },
    ],
  },
  trustedProxy: { headers: [], useLeftmostIP: false },
  superuserIPs: [],
};

describe('pb.settings and pb.health', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  it('getAll gives every setting with its default, and no secret', async () => {
    assert.deepEqual(await pb.settings.getAll(), defaults);
  });

  it('update merges objects, replaces lists and gives the whole', async () => {
    const changed = await pb.settings.update({ meta: { appName: 'Hearth' }, trustedProxy: { headers: ['X-A', 'X-B'] }, smtp: { password: 'hush' }, unknown: 1 });
    assert.deepEqual(changed, { ...defaults, meta: { ...defaults.meta, appName: 'Hearth' }, trustedProxy: { headers: ['X-A', 'X-B'], useLeftmostIP: false } });
    assert.deepEqual(await pb.settings.getAll(), changed);
    assert.deepEqual((await pb.settings.update({ trustedProxy: { headers: [] }, meta: { appName: 'Acme' } })), defaults);
    assert.deepEqual(await pb.settings.update({}), defaults);
  });

  it('refuses what is not valid, at its place, and changes nothing', async () => {
    const message = 'An error occurred while saving the new settings.';
    const cases = [
      [{ meta: { appName: '' } }, { meta: { appName: 'validation_required' } }],
      [{ meta: { appName: 'a'.repeat(256) } }, { meta: { appName: 'validation_length_out_of_range' } }],
      [{ meta: { appURL: 'nope' } }, { meta: { appURL: 'validation_is_url' } }],
      [{ meta: { accentColor: 'red' } }, { meta: { accentColor: /./ } }],
      [{ meta: { senderAddress: 'nope', senderName: '' } }, { meta: { senderAddress: 'validation_is_email', senderName: 'validation_required' } }],
      [{ logs: { maxDays: -1 } }, { logs: { maxDays: 'validation_min_greater_equal_than_required' } }],
      [{ smtp: { enabled: true, host: '' } }, { smtp: { host: 'validation_required' } }],
      [{ smtp: { authMethod: 'NOPE' } }, { smtp: { authMethod: 'validation_in_invalid' } }],
      [{ s3: { enabled: true, bucket: 'b' } }, { s3: { region: 'validation_required', endpoint: 'validation_required', accessKey: 'validation_required', secret: 'validation_required' } }],
      [{ backups: { cron: 'nope' } }, { backups: { cron: 'validation_invalid_cron' } }],
      [{ batch: { enabled: true, maxRequests: 0, timeout: 0 } }, { batch: { maxRequests: 'validation_required', timeout: 'validation_required' } }],
      [{ superuserIPs: ['nope'] }, { superuserIPs: { 0: 'validation_invlaid_ip_or_subnet' } }],
      [{ rateLimits: { enabled: true, rules: [{ label: '/a', duration: 1, maxRequests: 1 }, { label: '/a', duration: 1, maxRequests: 1 }] } }, { rateLimits: { rules: { 1: { label: 'validation_conflicting_rate_limit_rule' } } } }],
    ];
    for (const [body, codes] of cases) {
      if (body.meta?.accentColor) assert.ok((await fails(pb.settings.update(body), 400, message)).data.meta.accentColor.code);
      else await fails(pb.settings.update(body), 400, message, codes);
    }
    assert.deepEqual(await pb.settings.getAll(), defaults);
  });

  it('is for superusers', async () => {
    await fails(server.guest().settings.getAll(), 401, 'The request requires valid record authorization token.', {});
    await fails(server.guest().settings.update({}), 401);
  });

  it('health.check tells superusers more', async () => {
    assert.deepEqual(await server.guest().health.check(), { code: 200, message: 'API is healthy.', data: {} });
    const { code, data } = await pb.health.check();
    assert.equal(code, 200);
    assert.deepEqual(Object.keys(data).sort(), ['canBackup', 'possibleProxyHeader', 'realIP']);
    assert.match(data.realIP, /127\.0\.0\.1|::/);
    assert.equal((await call(server, 'HEAD', '/api/health')).status, 200);
  });

  it('settings outlive a restart', async () => {
    await pb.settings.update({ meta: { appName: 'Kept' } });
    const dir = server.dir;
    server.signal('SIGTERM');
    assert.equal(await server.ended(), 0);
    const again = await startServer({ dir });
    try {
      assert.equal((await (await again.superuser()).settings.getAll()).meta.appName, 'Kept');
    } finally {
      await again.stop();
    }
  });
});

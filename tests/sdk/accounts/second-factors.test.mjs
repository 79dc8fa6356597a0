// An authenticator app (Debian's oathtool) and recovery codes, with the SDK.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fails, id } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

const secret = 'first-secret';
let withoutOathtool = false;
try { execFileSync('oathtool', ['--version']); } catch { withoutOathtool = process.env.CI !== 'true' && 'there is no oathtool here'; }

describe('second factors', { skip: withoutOathtool }, () => {
  let server, pb, ann, app, codes, step = 0;
  const send = (client, path, body) => client.send(`/api/collections/users/${path}`, { method: 'POST', body });

  // Each code is good once, so every call takes the step after the last one; the server forgives one step, and the step of this moment may be over when it is asked.
  const code = () => {
    const now = Math.floor(Date.now() / 30000);
    step = Math.max(now, step + 1);
    assert.ok(step <= now + 1, 'the test uses codes faster than time makes them');
    return execFileSync('oathtool', ['--totp', '--base32', '--now', `@${step * 30}`, app.secret]).toString().trim();
  };
  // Not the shape of other errors: the contract's 401 of a second factor.
  const firstFactor = client => client.collection('users').authWithPassword('ann@example.com', secret).then(() => assert.fail('nothing was asked'), error => {
    assert.equal(error.status, 401);
    return error.response;
  });

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.update('users', { totp: { enabled: true } });
    await pb.collection('users').create({ id: id('ann'), email: 'ann@example.com', password: secret, passwordConfirm: secret });
    ann = await server.user('ann@example.com', secret);
  });
  after(() => server?.stop());

  it('auth-methods tells that apps can be added', async () => {
    const methods = await server.guest().send('/api/collections/users/auth-methods', {});
    assert.deepEqual(methods.totp, { enabled: true });
  });

  it('an app is added with its first code', async () => {
    app = await send(ann, 'totp/begin');
    assert.match(app.uri, /^otpauth:\/\/totp\/[^:]+:ann%40example\.com\?secret=[A-Z2-7]{32}&issuer=/);
    assert.match(app.qr, /^data:image\/png;base64,/);
    await fails(send(ann, 'totp/confirm', { code: 'x' }), 400);
    await send(ann, 'totp/confirm', { code: code() });
    ({ codes } = await send(ann, 'recovery-codes'));
    assert.equal(codes.length, 10);
  });

  it('every sign-in asks for it then', async () => {
    const client = server.guest();
    const { mfaId, factors } = await firstFactor(client);
    assert.deepEqual(factors, ['totp', 'recovery-code']);
    const now = code();
    const { token, record } = await send(client, 'auth-with-totp', { mfaId, code: now });
    client.authStore.save(token, record);
    assert.equal((await client.collection('users').authRefresh()).record.id, id('ann'));
    const again = await firstFactor(client);
    await fails(send(client, 'auth-with-totp', { mfaId: again.mfaId, code: now }), 400, 'Invalid or used code.');
    await fails(send(client, 'auth-with-totp', { mfaId, code: '123456' }), 400, 'Invalid or expired MFA session.');
  });

  it('a recovery code gets one in once', async () => {
    const client = server.guest();
    const { mfaId } = await firstFactor(client);
    assert.equal((await send(client, 'auth-with-recovery-code', { mfaId, code: codes[0] })).record.id, id('ann'));
    const again = await firstFactor(client);
    await fails(send(client, 'auth-with-recovery-code', { mfaId: again.mfaId, code: codes[0] }), 400, 'Invalid or used code.');
    assert.equal((await ann.collection('_recoveryCodes').getFullList()).length, 9);
  });

  it('superusers help who has lost everything', async () => {
    const [row] = await pb.collection('_totps').getFullList();
    await fails(ann.collection('_totps').delete(row.id), 403);
    await pb.collection('_totps').delete(row.id);
    await server.user('ann@example.com', secret);
  });
});

describe('sessions', () => {
  let server;
  before(async () => {
    server = await startServer();
    await (await server.superuser()).collection('users').create({ id: id('ann'), email: 'ann@example.com', password: secret, passwordConfirm: secret });
  });
  after(() => server?.stop());

  it('are listed, ended one by one and all together', async () => {
    const [phone, laptop, tablet] = [await server.user('ann@example.com', secret), await server.user('ann@example.com', secret), await server.user('ann@example.com', secret)];
    const sid = client => JSON.parse(Buffer.from(client.authStore.token.split('.')[1], 'base64url')).sid;
    const mine = await laptop.collection('_sessions').getFullList({ sort: '-lastUsed' });
    assert.deepEqual(mine.map(row => row.id).sort(), [phone, laptop, tablet].map(sid).sort());
    assert.deepEqual([mine[0].method, mine[0].ip, mine[0].device], ['password', '127.0.0.1', 'node']);
    await laptop.collection('_sessions').delete(sid(phone));
    await fails(phone.collection('users').authRefresh(), 401);
    assert.deepEqual(await laptop.send('/api/collections/users/end-other-sessions', { method: 'POST' }), { ended: 1 });
    await fails(tablet.collection('users').authRefresh(), 401);
    await laptop.collection('users').authRefresh();
    await laptop.collection('_sessions').delete(sid(laptop));
    await fails(laptop.collection('users').authRefresh(), 401);
  });
});

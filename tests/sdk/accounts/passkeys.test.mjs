// Passkeys with a real browser and its virtual authenticator, and the way back for who has lost the phone.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAuthenticator, createPasskey, signInWithPasskey } from '../support/authenticator.mjs';
import { openBrowser, withoutBrowser } from '../support/browser.mjs';
import { fails, id } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

const secret = 'first-secret';

describe('passkeys', { skip: withoutBrowser }, () => {
  let server, pb, ann, browser, page, device;
  const send = (client, path, body) => client.send(`/api/collections/users/${path}`, { method: 'POST', body });

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.update('users', { passkeys: { enabled: true } });
    await pb.collection('users').create({ id: id('ann'), email: 'ann@example.com', password: secret, passwordConfirm: secret });
    ann = await server.user('ann@example.com', secret);
    browser = await openBrowser();
    page = await browser.context.newPage();
    // Passkeys need a name, not a number; any page of the server will do.
    await page.goto(`http://localhost:${server.port}/api/health`);
    device = await addAuthenticator(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('are made by the browser and kept with a name', async () => {
    const row = await createPasskey(page, { token: ann.authStore.token, name: 'My phone' });
    assert.equal(row.name, 'My phone', JSON.stringify(row));
    assert.equal('publicKey' in row, false);
    const [credential] = await device.credentials();
    assert.equal(credential.isResidentCredential, true);
    assert.equal(credential.rpId, 'localhost');
    assert.equal(Buffer.from(credential.userHandle, 'base64').toString(), id('ann'));
  });

  it('are not made twice on one device', async () => {
    await assert.rejects(createPasskey(page, { token: ann.authStore.token }), /InvalidStateError|excludeCredentials|already/);
    assert.equal((await ann.collection('_passkeys').getFullList()).length, 1);
  });

  it('sign in without a password or a name, again and again', async () => {
    for (let i = 0; i < 3; i++) {
      const { status, body } = await signInWithPasskey(page);
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.record.id, id('ann'));
      const client = server.guest();
      client.authStore.save(body.token, body.record);
      assert.equal((await client.collection('users').authRefresh()).record.email, 'ann@example.com');
    }
    const [row] = await ann.collection('_passkeys').getFullList();
    assert.notEqual(row.lastUsed, '');
  });

  it('of a copied device are refused when the counter goes back', async () => {
    const [credential] = await device.credentials();
    assert.ok(credential.signCount > 0);
    await device.clear();
    await device.put({ ...credential, signCount: 0 });
    const { status, body } = await signInWithPasskey(page);
    assert.deepEqual([status, body.message, body.data], [400, 'Failed to authenticate.', {}]);
    await device.clear();
    await device.put({ ...credential, signCount: credential.signCount + 100 });
    assert.equal((await signInWithPasskey(page)).status, 200);
  });

  it('serve as second factor', async () => {
    await pb.collections.update('users', { otp: { enabled: true }, mfa: { enabled: true } });
    const asked = await server.guest().collection('users').authWithPassword('ann@example.com', secret).catch(error => error);
    assert.equal(asked.status, 401);
    assert.deepEqual(asked.response.factors, ['passkey']);
    const { status, body } = await signInWithPasskey(page, asked.response.mfaId);
    assert.equal(status, 200, JSON.stringify(body));
    await pb.collections.update('users', { mfa: { enabled: false }, otp: { enabled: false } });
  });

  it('are listed, renamed and removed by their owner', async () => {
    const passkeys = ann.collection('_passkeys');
    const [row] = await passkeys.getFullList();
    assert.equal((await passkeys.update(row.id, { name: 'Old phone' })).name, 'Old phone');
    await fails(passkeys.update(row.id, { name: 'x', credentialId: 'x' }), 404);
    await passkeys.delete(row.id);
    assert.equal((await signInWithPasskey(page)).status, 400);
    await device.clear();
  });

  it('are not the only way back: with the phone lost, a recovery code finishes the sign-in', async () => {
    await pb.collections.update('users', { otp: { enabled: true }, mfa: { enabled: true } });
    // A fresh proof, because the sign-in is a while ago or not: the password goes along.
    await createPasskey(page, { token: ann.authStore.token, name: 'Phone', password: secret });
    const { codes } = await send(ann, 'recovery-codes', { password: secret });
    await device.clear(); // lost
    const asked = await server.guest().collection('users').authWithPassword('ann@example.com', secret).catch(error => error);
    assert.deepEqual(asked.response.factors, ['recovery-code', 'passkey']);
    const back = await send(server.guest(), 'auth-with-recovery-code', { mfaId: asked.response.mfaId, code: codes[3] });
    assert.equal(back.record.id, id('ann'));
    const client = server.guest();
    client.authStore.save(back.token, back.record);
    const [lost] = await client.collection('_passkeys').getFullList();
    await client.collection('_passkeys').delete(lost.id);
    const added = await createPasskey(page, { token: back.token, name: 'New phone' });
    assert.equal(added.name, 'New phone', 'a sign-in of a moment ago is proof enough');
    assert.equal((await signInWithPasskey(page)).status, 200);
  });
});

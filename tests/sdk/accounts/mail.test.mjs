// Every way by mail with the official SDK, over a real SMTP server (contract 7.7, 7.11 to 7.13, 10.2).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails } from '../support/expect.mjs';
import { codeOf, startMailServer, tokenOf } from '../support/mail.mjs';
import { email as root, password as rootPassword, startServer } from '../support/server.mjs';

const password = 'correct horse 3';

describe('accounts by mail', () => {
  let server, pb, box;
  before(async () => {
    [server, box] = [await startServer(), await startMailServer()];
    pb = await server.superuser();
    await pb.settings.update({ smtp: box.settings, meta: { appName: 'Ember & Co', appURL: 'https://app.example/', senderName: 'Emma', senderAddress: 'emma@app.example' } });
    await pb.collections.update('users', { otp: { enabled: true } });
  });
  after(async () => {
    await server?.stop();
    await box?.stop();
  });

  const join = async name => {
    const address = `${name}@example.com`;
    const record = await pb.collection('users').create({ email: address, password, passwordConfirm: password, name });
    return [address, record];
  };

  it('verifies an address', async () => {
    const [ann, record] = await join('ann');
    const guest = server.guest();
    assert.equal(await guest.collection('users').requestVerification(ann), true);
    const mail = await box.mailTo(ann);
    assert.deepEqual([mail.from.value, mail.subject, mail.headers.get('auto-submitted')], [[{ address: 'emma@app.example', name: 'Emma' }], 'Verify your Ember & Co email', 'auto-generated']);
    assert.match(mail.html, /<a class="btn" href="https:\/\/app\.example\/_\/#\/auth\/confirm-verification\/[\w.-]+"/);
    assert.match(mail.text, /^Verify:\nhttps:\/\/app\.example\/_\/#\/auth\/confirm-verification\/[\w.-]+$/m);
    const user = await server.user(ann, password);
    assert.equal(user.authStore.record.verified, false);
    assert.equal(await user.collection('users').confirmVerification(tokenOf(mail)), true);
    // The SDK reads the token and marks the record that it holds.
    assert.equal(user.authStore.record.verified, true);
    assert.equal((await pb.collection('users').getOne(record.id)).verified, true);
    await guest.collection('users').confirmVerification(tokenOf(mail));
    await fails(guest.collection('users').confirmVerification('nope'), 400, undefined, { token: 'validation_invalid_token_claims' });
  });

  it('resets a password, and every token ends', async () => {
    const [bob] = await join('bob');
    const user = await server.user(bob, password);
    await server.guest().collection('users').requestPasswordReset(bob);
    const token = tokenOf(await box.mailTo(bob));
    await fails(server.guest().collection('users').confirmPasswordReset(token, 'another one 4', 'different'), 400, undefined, { passwordConfirm: 'validation_values_mismatch' });
    assert.equal(await server.guest().collection('users').confirmPasswordReset(token, 'another one 4', 'another one 4'), true);
    await fails(user.collection('users').authRefresh(), 401);
    await fails(server.user(bob, password), 400);
    await server.user(bob, 'another one 4');
    await fails(server.guest().collection('users').confirmPasswordReset(token, 'another one 5', 'another one 5'), 400, undefined, { token: 'validation_invalid_token' });
  });

  it('changes an address', async () => {
    const [cid] = await join('cid');
    const user = await server.user(cid, password);
    assert.equal(await user.collection('users').requestEmailChange('cid.new@example.com'), true);
    const token = tokenOf(await box.mailTo('cid.new@example.com'));
    await fails(user.collection('users').confirmEmailChange(token, 'wrong'), 400, undefined, { password: 'validation_invalid_password' });
    assert.equal(await user.collection('users').confirmEmailChange(token, password), true);
    // The SDK forgets the sign-in that has ended.
    assert.equal(user.authStore.isValid, false);
    await fails(server.user(cid, password), 400);
    assert.equal((await server.user('cid.new@example.com', password)).authStore.record.verified, true);
  });

  it('signs in with a one-time code, once', async () => {
    const [dora] = await join('dora');
    const guest = server.guest();
    const { otpId } = await guest.collection('users').requestOTP(dora);
    const code = codeOf(await box.mailTo(dora));
    await fails(guest.collection('users').authWithOTP(otpId, '00000000'), 400, 'Invalid or expired OTP.');
    const signed = await guest.collection('users').authWithOTP(otpId, code);
    assert.deepEqual([signed.record.email, signed.record.verified, guest.authStore.isValid], [dora, true, true]);
    await fails(server.guest().collection('users').authWithOTP(otpId, code), 400, 'Invalid or expired OTP.');
    assert.deepEqual((await guest.collection('users').listAuthMethods()).otp, { enabled: true, duration: 180 });
  });

  it('asks for a second factor after a code', async () => {
    await pb.collections.create({ name: 'guarded', type: 'auth', otp: { enabled: true }, mfa: { enabled: true } });
    await pb.collection('guarded').create({ email: 'eve@example.com', password, passwordConfirm: password });
    const guest = server.guest();
    const first = await fails2(guest.collection('guarded').authWithPassword('eve@example.com', password));
    const { otpId } = await guest.collection('guarded').requestOTP('eve@example.com');
    const signed = await guest.collection('guarded').authWithOTP(otpId, codeOf(await box.mailTo('eve@example.com')), { mfaId: first.mfaId });
    assert.equal(signed.record.email, 'eve@example.com');
  });

  it('tells nobody whether an address is known', async () => {
    const guest = server.guest();
    const before = box.mails.length;
    assert.equal(await guest.collection('users').requestVerification('nobody@example.com'), true);
    assert.equal(await guest.collection('users').requestPasswordReset('nobody@example.com'), true);
    assert.match((await guest.collection('users').requestOTP('nobody@example.com')).otpId, /^[a-z0-9]{15}$/);
    // A second mail within two minutes is not sent, and that is not told either.
    assert.equal(await guest.collection('users').requestVerification('ann@example.com'), true);
    for (const method of ['requestVerification', 'requestPasswordReset', 'requestOTP']) await fails(guest.collection('users')[method]('no address'), 400, undefined, { email: 'validation_is_email' });
    assert.equal(box.mails.length, before);
  });

  it('tells of a sign-in from a new place', async () => {
    const [fay] = await join('fay');
    const signIn = agent => fetch(`${server.url}/api/collections/users/auth-with-password`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'User-Agent': agent }, body: JSON.stringify({ identity: fay, password }),
    });
    await signIn('One/1');
    await signIn('Two <b>/2');
    const mail = await box.mailTo(fay);
    assert.equal(mail.subject, 'Login from a new location');
    assert.match(mail.html, /Z - 127\.0\.0\.1 Two &lt;b&gt;\/2/);
    assert.match(mail.text, /Z - 127\.0\.0\.1 Two <b>\/2/);
  });

  it('fills in what a record tells, in the language of its reader, and nothing that is hidden', async () => {
    const { fields } = await pb.collections.getOne('users');
    await pb.collections.update('users', {
      fields: [...fields, { name: 'language', type: 'text' }, { name: 'nick', type: 'text', hidden: true }],
      verificationTemplate: {
        subject: 'Hello {RECORD:name}', body: '<p>{RECORD:name} {RECORD:nick} {RECORD:tokenKey} {RECORD:nope} {OTP}</p><p>{TOKEN}</p>',
        languages: { de: { subject: 'Grüße, {RECORD:name}', body: '<p>Guten Tag, {RECORD:name}</p>' }, 'pt-BR': { subject: 'Olá', body: '<p>Olá</p>' } },
      },
    });
    const ask = async (name, language, wanted) => {
      const address = `${name.length}${language}${wanted.length}@example.com`;
      await pb.collection('users').create({ email: address, password, passwordConfirm: password, name, language, nick: 'secret' });
      await server.guest().collection('users').requestVerification(address, { headers: { 'Accept-Language': wanted } });
      return box.mailTo(address);
    };
    const plain = await ask('<b>{TOKEN}</b>', '', 'fr');
    assert.equal(plain.subject, 'Hello <b>{TOKEN}</b>');
    assert.match(plain.html, /<p>&lt;b&gt;\{TOKEN\}&lt;\/b&gt; \{RECORD:nick\} \{RECORD:tokenKey\} \{RECORD:nope\} \{OTP\}<\/p><p>ey[\w.-]+<\/p>/);
    assert.equal((await ask('Ida', '', 'fr, de-AT;q=0.8, en;q=0.5')).subject, 'Grüße, Ida');
    assert.equal((await ask('Jan', 'pt-BR', 'de')).subject, 'Olá');
    assert.deepEqual(Object.keys((await pb.collections.getOne('users')).verificationTemplate.languages), ['de', 'pt-BR']);
    await fails(pb.collections.update('users', { verificationTemplate: { languages: { 'no tag': { subject: 'x', body: 'y' }, fr: { subject: '', body: 'y' } } } }), 400);
    await pb.collections.update('users', { verificationTemplate: { languages: {} } });
    assert.equal('languages' in (await pb.collections.getOne('users')).verificationTemplate, false);
  });

  it('no name and no subject begins a header of its own', async () => {
    const evil = 'Eve\r\nBcc: victim@example.com\r\n\r\nBody\u2028\u0000\u0085';
    await pb.collections.update('users', { resetPasswordTemplate: { subject: `{RECORD:name} ${evil}` } });
    await pb.settings.update({ meta: { senderName: `Emma\r\nBcc: victim@example.com`, appName: 'x\nSubject: y' } });
    await pb.collection('users').create({ email: 'gil@example.com', password, passwordConfirm: password, name: evil.replace('\u0000', '') });
    await server.guest().collection('users').requestPasswordReset('gil@example.com');
    const mail = await box.mailTo('gil@example.com');
    assert.deepEqual([mail.to_, mail.bcc, mail.cc], [['gil@example.com'], undefined, undefined]);
    assert.equal(mail.from.value[0].name, 'Emma Bcc: victim@example.com'.replace(' Bcc', '  Bcc'));
    assert.deepEqual([...new Set(mail.headerLines.map(line => line.key))].sort(), ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
    assert.ok(mail.raw.split('\r\n').every(line => line.length <= 998 && !/[^\x20-\x7e\t]/.test(line)), 'plain lines only');
    for (const address of ['a@b.c\r\nRCPT TO:<victim@example.com>', 'a@b.c>\nDATA', '"a b"@c.de', 'a@b', `${'a'.repeat(65)}@example.com`]) {
      await fails(server.guest().collection('users').requestPasswordReset(address), 400, undefined, { email: 'validation_is_email' });
    }
    await pb.settings.update({ meta: { senderName: 'Emma', appName: 'Ember' } });
    await fails(pb.settings.update({ meta: { senderAddress: 'a@b.c\n' } }), 400);
  });

  it('settings.testEmail sends each of them at once, and says what is wrong', async () => {
    for (const template of ['verification', 'password-reset', 'email-change', 'otp', 'login-alert']) {
      assert.equal(await pb.settings.testEmail('users', 'me@example.com', template), true);
      assert.deepEqual((await box.mailTo('me@example.com')).to_, ['me@example.com']);
    }
    await fails(pb.settings.testEmail('users', 'nope', 'none'), 400, undefined, { email: 'validation_is_email', template: 'validation_in_invalid' });
    await fails(pb.settings.testEmail('_mfas', 'me@example.com', 'otp'), 400, undefined, { collection: 'validation_invalid_auth_collection' });
    await fails(server.guest().settings.testEmail('users', 'me@example.com', 'otp'), 401);
    await pb.settings.update({ smtp: { port: 1 } });
    await fails(pb.settings.testEmail('users', 'me@example.com', 'otp'), 400, /^Failed to send the test email\. Raw error: No connection to 127\.0\.0\.1 on port 1/);
    await pb.settings.update({ smtp: { port: box.port } });
  });

  it('superusers reset their password, too', async () => {
    await server.guest().collection('_superusers').requestPasswordReset(root);
    const token = tokenOf(await box.mailTo(root));
    await server.guest().collection('_superusers').confirmPasswordReset(token, rootPassword, rootPassword);
    pb = await server.superuser();
    await fails(server.guest().collection('_superusers').requestVerification(root), 400, 'All superusers are verified by default.');
  });
});

/** The body of a 401 that asks for another factor; it has not the shape of an error. */
async function fails2(call) {
  try {
    await call;
  } catch (error) {
    assert.equal(error.status, 401);
    return error.response;
  }
  return assert.fail('expected 401');
}

// Superusers: sign-in, refresh, their records, the first one by the setup link or the environment (contract 4.4, 7.1 to 7.5, 10.10, 12).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codesOf, fails, idForm } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { email, firstSuperuser, newFolder, password, removeFolder, startServer } from '../support/server.mjs';

const claims = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

describe('superusers', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  it('authWithPassword', async () => {
    const client = server.guest();
    const answer = await client.collection('_superusers').authWithPassword(email, password);
    assert.deepEqual(Object.keys(answer).sort(), ['record', 'token']);
    const { record, token } = answer;
    assert.deepEqual(Object.keys(record).sort(), ['collectionId', 'collectionName', 'created', 'email', 'emailVisibility', 'id', 'updated', 'verified']);
    assert.deepEqual([record.collectionId, record.collectionName, record.email, record.verified], ['pbc_3142635823', '_superusers', email, true]);
    assert.match(record.id, idForm);
    assert.ok(client.authStore.isValid && client.authStore.isSuperuser);
    assert.deepEqual(JSON.parse(Buffer.from(token.split('.')[0], 'base64url')), { alg: 'HS256', typ: 'JWT' });
    const { exp, sid, ...rest } = claims(token);
    assert.deepEqual(rest, { type: 'auth', id: record.id, collectionId: 'pbc_3142635823', refreshable: true });
    assert.match(sid, idForm);
    assert.ok(Math.abs(exp - Date.now() / 1000 - 86400) < 120, `exp ${exp}`);
  });

  it('refuses wrong credentials without telling which part', async () => {
    const superusers = server.guest().collection('_superusers');
    for (const [identity, secret] of [[email, 'wrong'], ['nobody@example.com', password], [email.toUpperCase(), password], ['not an email', 'x']]) {
      await fails(superusers.authWithPassword(identity, secret), 400, 'Failed to authenticate.', {});
    }
    const invalid = 'An error occurred while validating the submitted data.';
    await fails(superusers.authWithPassword('', ''), 400, invalid, { identity: 'validation_required', password: 'validation_required' });
    await fails(superusers.authWithPassword('a'.repeat(256), 'x'), 400, invalid, { identity: 'validation_length_out_of_range' });
    const field = await call(server, 'POST', '/api/collections/_superusers/auth-with-password', { body: { identity: email, password, identityField: 'nope' } });
    assert.deepEqual([field.status, field.json.message, codesOf(field.json.data)], [400, invalid, { identityField: 'validation_in_invalid' }]);
    const broken = await call(server, 'POST', '/api/collections/_superusers/auth-with-password', { body: '{', headers: { 'Content-Type': 'application/json' } });
    assert.deepEqual([broken.status, broken.json.message], [400, 'An error occurred while loading the submitted data.']);
    await fails(server.guest().collection('nope').authWithPassword('a', 'b'), 404, 'Missing or invalid collection context.');
    await fails(server.guest().collection('_mfas').authWithPassword('a', 'b'), 404, 'Missing or invalid auth collection context.');
  });

  it('authRefresh gives a new token', async () => {
    const client = await server.superuser();
    const { token, record } = await client.collection('_superusers').authRefresh();
    assert.equal(record.email, email);
    assert.equal(claims(token).refreshable, true);
    assert.equal((await client.collection('_superusers').getList()).totalItems, 1);
    await fails(server.guest().collection('_superusers').authRefresh(), 401, 'The request requires valid record authorization token.', {});
    await fails(client.collection('users').authRefresh(), 403, 'The request requires auth record from _superusers collection.', {});
  });

  it('users of an ordinary auth collection sign in and refresh the same way', async () => {
    await pb.collection('users').create({ email: 'ann@example.com', password: 'ann-secret', passwordConfirm: 'ann-secret', name: 'Ann' });
    const ann = await server.user('ann@example.com', 'ann-secret');
    assert.equal(ann.authStore.record.email, 'ann@example.com');
    assert.equal(ann.authStore.isSuperuser, false);
    assert.equal('tokenKey' in ann.authStore.record || 'password' in ann.authStore.record, false);
    assert.equal((await ann.collection('users').authRefresh()).record.name, 'Ann');
    await fails(ann.collection('_superusers').authRefresh(), 403, 'The request requires auth record from users collection.');
  });

  it('listAuthMethods', async () => {
    const password = { enabled: true, identityFields: ['email'] };
    const off = { password, oauth2: { enabled: false, providers: [] }, mfa: { enabled: false, duration: 0 }, otp: { enabled: false, duration: 0 } };
    assert.deepEqual(await server.guest().collection('users').listAuthMethods(), off);
    const whole = await call(server, 'GET', '/api/collections/_superusers/auth-methods');
    assert.deepEqual(whole.json, { ...off, authProviders: [], usernamePassword: false, emailPassword: true });
    await fails(server.guest().collection('_mfas').listAuthMethods(), 404);
  });

  it('impersonate gives a token that works and cannot be renewed', async () => {
    const ann = await pb.collection('users').getFirstListItem('email = "ann@example.com"');
    const client = await pb.collection('users').impersonate(ann.id, 600);
    const { exp, ...rest } = claims(client.authStore.token);
    assert.deepEqual(rest, { type: 'auth', id: ann.id, collectionId: '_pb_users_auth_', refreshable: false });
    assert.ok(Math.abs(exp - Date.now() / 1000 - 600) < 60);
    assert.deepEqual((await client.collection('users').getFullList()).map(user => user.email), ['ann@example.com']);
    assert.equal((await client.collection('users').authRefresh()).token, client.authStore.token);
    await fails(pb.collection('users').impersonate('nope', 600), 404);
    await fails(pb.collection('users').impersonate(ann.id, -1), 400);
    await fails(client.collection('users').impersonate(ann.id, 600), 403);
    await fails(server.guest().collection('users').impersonate(ann.id, 600), 401);
  });

  it('are records: created, changed and deleted by superusers only', async () => {
    const superusers = pb.collection('_superusers');
    const body = { email: 'two@example.com', password: 'second-one', passwordConfirm: 'second-one' };
    await fails(server.guest().collection('_superusers').create(body), 403, 'Only superusers can perform this action.');
    const made = await superusers.create(body);
    assert.deepEqual([made.verified, made.email, 'password' in made, 'tokenKey' in made], [true, 'two@example.com', false, false]);
    const two = await server.user('two@example.com', 'second-one', '_superusers');
    await superusers.update(made.id, { password: 'third-one!', passwordConfirm: 'third-one!' });
    // A new password ends every token of the record.
    await fails(two.settings.getAll(), 401);
    await fails(server.user('two@example.com', 'second-one', '_superusers'), 400, 'Failed to authenticate.');
    await server.user('two@example.com', 'third-one!', '_superusers');
    assert.equal(await superusers.delete(made.id), true);
    await fails(superusers.delete(pb.authStore.record.id), 400, 'You can\'t delete the only existing superuser.', {});
    await fails(superusers.create({ ...body, passwordConfirm: 'other' }), 400, undefined, { passwordConfirm: 'validation_values_mismatch' });
    await fails(superusers.create({ email: 'x', password: 'short', passwordConfirm: 'short' }), 400, undefined, { email: 'validation_is_email', password: 'validation_min_text_constraint' });
    await fails(superusers.create({ ...body, email }), 400, undefined, { email: 'validation_not_unique' });
  });
});

describe('the setup link', () => {
  let server;
  before(async () => { server = await startServer({ setUp: false }); });
  after(() => server?.stop());

  it('makes the first superuser, once', async () => {
    const [, token] = await server.prints(/\/_\/#\/pbinstall\/([\w-]+\.[\w-]+\.[\w-]+)/);
    const body = { email: 'first@example.com', password: 'first-secret', passwordConfirm: 'first-secret' };
    const make = () => call(server, 'POST', '/api/collections/_superusers/records', { body, token });
    assert.equal((await make()).status, 200);
    const first = await server.user('first@example.com', 'first-secret', '_superusers');
    assert.deepEqual((await first.collection('_superusers').getFullList()).map(user => user.email), ['first@example.com']);
    assert.notEqual((await make()).status, 200);
    assert.equal((await call(server, 'GET', '/api/settings', { token })).status, 401);
  });
});

describe('the first superuser by the environment', () => {
  let dir;
  before(async () => { dir = await newFolder(); });
  after(() => removeFolder(dir));

  /** What `serve` says that does not start. */
  const refused = env => startServer({ dir, env, setUp: false }).then(server => server.stop().then(() => 'it started'), error => error.message);

  it('stops the start when it is malformed, and says why without the password', async () => {
    const both = / HEARTH_SUPERUSER_EMAIL and HEARTH_SUPERUSER_PASSWORD/;
    for (const [address, secret, words] of [
      [email, '', /give only one of them/], [email, 'short', /password: /],
    ]) {
      const said = await refused({ HEARTH_SUPERUSER_EMAIL: address, HEARTH_SUPERUSER_PASSWORD: secret });
      assert.match(said, /ended with 1 while starting/);
      assert.match(said, words);
      assert.match(said, both);
      assert.doesNotMatch(said, / {3}at |Exception/);
      if (secret) assert.ok(!said.includes(secret), said);
    }
  });

  it('is made when there is none, without a setup link', async () => {
    const server = await startServer({ dir, env: firstSuperuser, setUp: false });
    try {
      assert.doesNotMatch(server.output, /pbinstall/);
      const pb = await server.superuser();
      assert.deepEqual((await pb.collection('_superusers').getFullList()).map(user => user.email), [email]);
    } finally {
      assert.equal(await server.stop(), 0);
    }
  });

  it('changes nothing when there is one', async () => {
    const server = await startServer({ dir, env: { HEARTH_SUPERUSER_EMAIL: 'other@example.com', HEARTH_SUPERUSER_PASSWORD: 'other-horse-9' }, setUp: false });
    try {
      const pb = await server.superuser();
      assert.deepEqual((await pb.collection('_superusers').getFullList()).map(user => user.email), [email]);
    } finally {
      await server.stop();
    }
  });
});

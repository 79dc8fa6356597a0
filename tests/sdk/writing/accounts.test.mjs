// Records of auth collections: what their owner may change, what others see (contract 1.10, 6.7).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codesOf, fails, id } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

const secret = 'first-secret';

describe('records of auth collections', () => {
  let server, pb, ann, users;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    users = pb.collection('users');
    await server.guest().collection('users').create({ id: id('ann'), email: 'ann@example.com', password: secret, passwordConfirm: secret, name: 'Ann' });
    await users.create({ id: id('ben'), email: 'ben@example.com', password: secret, passwordConfirm: secret, emailVisibility: true, verified: true });
    ann = await server.user('ann@example.com', secret);
  });
  after(() => server?.stop());

  it('need a password that is confirmed, and a fresh email', async () => {
    const guest = server.guest().collection('users');
    const body = { email: 'x@example.com', password: secret, passwordConfirm: secret };
    const blank = codesOf((await fails(guest.create({ ...body, password: '', passwordConfirm: '' }), 400, 'Failed to create record.')).data);
    assert.equal(blank.password, 'validation_required');
    await fails(guest.create({ ...body, passwordConfirm: 'other' }), 400, undefined, { passwordConfirm: 'validation_values_mismatch' });
    await fails(guest.create({ ...body, password: 'short', passwordConfirm: 'short' }), 400, undefined, { password: 'validation_min_text_constraint' });
    await fails(guest.create({ ...body, email: 'ann@example.com' }), 400, undefined, { email: 'validation_not_unique' });
    await fails(guest.create({ ...body, email: '' }), 400, undefined, { email: 'validation_required' });
    await fails(guest.create({ ...body, email: 'nope' }), 400, undefined, { email: 'validation_is_email' });
    await fails(guest.create({ ...body, verified: true }), 400, undefined, { verified: 'validation_values_mismatch' });
  });

  it('show an email to those who may see it', async () => {
    await pb.collections.update('users', { viewRule: '', listRule: '' });
    const guest = server.guest().collection('users');
    assert.equal('email' in await guest.getOne(id('ann')), false);
    assert.equal((await guest.getOne(id('ben'))).email, 'ben@example.com');
    assert.equal((await ann.collection('users').getOne(id('ann'))).email, 'ann@example.com');
    assert.equal((await users.getOne(id('ann'))).email, 'ann@example.com');
    for (const client of [guest, ann.collection('users'), users]) {
      for (const record of await client.getFullList()) assert.equal('password' in record || 'tokenKey' in record, false);
    }
    await pb.collections.update('users', { manageRule: '@request.auth.id = "ann000000000000"' });
    const ben = await server.user('ben@example.com', secret);
    await users.update(id('ben'), { emailVisibility: false });
    assert.equal((await ann.collection('users').getOne(id('ben'))).email, 'ben@example.com');
    assert.equal('email' in await ben.collection('users').getOne(id('ann')), false);
    await pb.collections.update('users', { manageRule: null });
    await users.update(id('ben'), { emailVisibility: true });
  });

  it('let their owner change plain fields, but not email or verified', async () => {
    const own = ann.collection('users');
    assert.equal((await own.update(id('ann'), { name: 'Anna', emailVisibility: false })).name, 'Anna');
    await fails(own.update(id('ann'), { email: 'new@example.com' }), 400, 'Failed to update record.', { email: 'validation_values_mismatch' });
    await fails(own.update(id('ann'), { verified: true }), 400, 'Failed to update record.', { verified: 'validation_values_mismatch' });
    assert.equal((await own.update(id('ann'), { email: 'ann@example.com', verified: false })).name, 'Anna');
    await fails(own.update(id('ben'), { name: 'x' }), 404);
  });

  it('ask for the old password, and end every session with a new one', async () => {
    const own = ann.collection('users');
    const next = { password: 'second-secret', passwordConfirm: 'second-secret' };
    await fails(own.update(id('ann'), next), 400, undefined, { oldPassword: 'validation_required' });
    await fails(own.update(id('ann'), { ...next, oldPassword: 'wrong' }), 400, undefined, { oldPassword: 'validation_invalid_old_password' });
    await fails(own.update(id('ann'), { ...next, oldPassword: secret, passwordConfirm: 'x' }), 400, undefined, { passwordConfirm: 'validation_values_mismatch' });
    await own.update(id('ann'), { ...next, oldPassword: secret });
    await fails(ann.collection('users').authRefresh(), 401);
    await fails(server.user('ann@example.com', secret), 400);
    ann = await server.user('ann@example.com', 'second-secret');
  });

  it('let a manager change everything without the old password', async () => {
    await pb.collections.update('users', { manageRule: '@request.auth.id = "ben000000000000"', updateRule: '@request.auth.id != ""' });
    const ben = await server.user('ben@example.com', secret);
    const changed = await ben.collection('users').update(id('ann'), { email: 'anna@example.com', verified: true, password: 'third-secret', passwordConfirm: 'third-secret' });
    assert.deepEqual([changed.email, changed.verified], ['anna@example.com', true]);
    await server.user('anna@example.com', 'third-secret');
    await pb.collections.update('users', { manageRule: null, updateRule: 'id = @request.auth.id' });
  });

  it('lose every token with a new token key', async () => {
    const anna = await server.user('anna@example.com', 'third-secret');
    await anna.collection('users').update(id('ann'), { 'tokenKey:autogenerate': '' });
    assert.equal((await anna.collection('users').authRefresh()).record.id, id('ann'));
    await users.update(id('ann'), { 'tokenKey:autogenerate': '' });
    await fails(anna.collection('users').authRefresh(), 401);
  });

  it('have ids that are unique across all auth collections', async () => {
    await pb.collections.create({ name: 'members', type: 'auth' });
    await fails(pb.collection('members').create({ id: id('ann'), email: 'm@example.com', password: secret, passwordConfirm: secret }), 400, undefined, { id: 'validation_invalid_auth_id' });
  });

  it('sign in by any identity field, as its index compares', async () => {
    const { fields, indexes } = await pb.collections.getOne('users');
    await pb.collections.update('users', { fields: [...fields, { name: 'username', type: 'text' }], indexes: [...indexes, "CREATE UNIQUE INDEX idx_username ON users (username COLLATE NOCASE) WHERE username != ''"] });
    await pb.collections.update('users', { passwordAuth: { enabled: true, identityFields: ['email', 'username'] } });
    await users.update(id('ben'), { username: 'BenTheBest' });
    for (const identity of ['ben@example.com', 'BenTheBest', 'benthebest']) assert.equal((await server.user(identity, secret)).authStore.record.id, id('ben'));
    await fails(server.user('BEN@example.com', secret), 400);
    await pb.collections.update('users', { passwordAuth: { enabled: false } });
    await fails(server.user('ben@example.com', secret), 403, 'The collection is not configured to allow password authentication.');
    await pb.collections.update('users', { passwordAuth: { enabled: true } });
  });

  it('obey the auth rule', async () => {
    await pb.collections.update('users', { authRule: 'verified = true && name != "blocked"' });
    await server.user('ben@example.com', secret);
    await users.update(id('ben'), { name: 'blocked' });
    await fails(server.user('ben@example.com', secret), 403, 'The request doesn\'t satisfy the collection requirements to authenticate.', {});
    await pb.collections.update('users', { authRule: null });
    await fails(server.user('ben@example.com', secret), 403);
  });
});

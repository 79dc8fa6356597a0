// pb.collections: every method, with its exact answer (contract 4.2 to 4.6).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dateForm, fails } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

const idField = {
  id: 'text3208210256', name: 'id', type: 'text', system: true, hidden: false, presentable: false, required: true,
  primaryKey: true, min: 15, max: 15, pattern: '^[a-z0-9]+$', autogeneratePattern: '[a-z0-9]{15}',
};
const rules = { listRule: null, viewRule: null, createRule: null, updateRule: null, deleteRule: null };
const has = (actual, expected, where) => {
  for (const [key, value] of Object.entries(expected)) assert.deepEqual(actual?.[key], value, `${where}.${key}`);
};

describe('pb.collections', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  it('has the system collections and users, with their own ids', async () => {
    assert.equal((await pb.collections.getFullList()).length, 6);
    const all = await pb.collections.getFullList({ query: { internal: true } });
    // What Hearth has beyond the contract is its own, and nobody writes it through the API.
    const beyond = all.filter(collection => collection.system && !['_superusers', '_externalAuths', '_mfas', '_otps', '_authOrigins'].includes(collection.name));
    for (const own of beyond) has(own, { type: 'base', system: true, createRule: null }, own.name);
    const list = all.filter(collection => !beyond.includes(collection));
    assert.deepEqual(Object.fromEntries(list.map(collection => [collection.name, [collection.id, collection.type, collection.system]])), {
      _superusers: ['pbc_3142635823', 'auth', true], _externalAuths: ['pbc_2281828961', 'base', true], _mfas: ['pbc_2279338944', 'base', true],
      _otps: ['pbc_1638494021', 'base', true], _authOrigins: ['pbc_4275539003', 'base', true], users: ['_pb_users_auth_', 'auth', false],
    });
    const owner = '@request.auth.id != \'\' && recordRef = @request.auth.id && collectionRef = @request.auth.collectionId';
    const byName = Object.fromEntries(list.map(collection => [collection.name, collection]));
    has(byName._superusers, rules, '_superusers');
    has(byName._mfas, { ...rules, listRule: owner, viewRule: owner }, '_mfas');
    has(byName._otps, { ...rules, listRule: owner, viewRule: owner }, '_otps');
    has(byName._externalAuths, { ...rules, listRule: owner, viewRule: owner, deleteRule: owner }, '_externalAuths');
    has(byName._authOrigins, { ...rules, listRule: owner, viewRule: owner, deleteRule: owner }, '_authOrigins');
    const self = 'id = @request.auth.id';
    has(byName.users, { listRule: self, viewRule: self, createRule: '', updateRule: self, deleteRule: self }, 'users');
    assert.equal(byName._superusers.authToken.duration, 86400);
    assert.equal(byName._externalAuths.indexes.length, 2);
    assert.ok(byName._externalAuths.indexes.every(index => /UNIQUE/i.test(index)));
  });

  it('users has its stock fields and options', async () => {
    const users = await pb.collections.getOne('users');
    assert.deepEqual(users.fields.map(field => [field.name, field.id, field.type]), [
      ['id', 'text3208210256', 'text'], ['password', 'password901924565', 'password'], ['tokenKey', 'text2504183744', 'text'], ['email', 'email3885137012', 'email'],
      ['emailVisibility', 'bool1547992806', 'bool'], ['verified', 'bool256245529', 'bool'], ['name', 'text1579384326', 'text'], ['avatar', 'file376926767', 'file'],
      ['created', 'autodate2990389176', 'autodate'], ['updated', 'autodate3332085495', 'autodate'],
    ]);
    const field = name => users.fields.find(one => one.name === name);
    has(field('id'), idField, 'id');
    has(field('password'), { system: true, hidden: true, required: true, min: 8, max: 0, cost: 0, pattern: '' }, 'password');
    has(field('tokenKey'), { system: true, hidden: true, required: true, min: 30, max: 60, autogeneratePattern: '[a-zA-Z0-9]{50}' }, 'tokenKey');
    has(field('email'), { system: true, required: true }, 'email');
    has(field('avatar'), { maxSelect: 1, mimeTypes: ['image/jpeg', 'image/png', 'image/svg+xml', 'image/gif', 'image/webp'] }, 'avatar');
    has(users, {
      authRule: '', manageRule: null, passwordAuth: { enabled: true, identityFields: ['email'] },
      mfa: { enabled: false, duration: 600, rule: '', factors: [], remember: 0 }, authToken: { duration: 432000 }, passwordResetToken: { duration: 1800 },
      emailChangeToken: { duration: 1800 }, verificationToken: { duration: 86400 }, fileToken: { duration: 180 },
    }, 'users');
    assert.deepEqual([users.otp.enabled, users.otp.duration, users.otp.length, users.authAlert.enabled], [false, 180, 8, true]);
    assert.deepEqual(users.oauth2, { enabled: false, providers: [], mappedFields: { id: '', name: 'name', username: '', avatarURL: 'avatar' } });
    assert.equal(users.indexes.length, 2);
    assert.ok(users.indexes.some(index => /idx_tokenKey_/.test(index)) && users.indexes.some(index => /idx_email_/.test(index)));
    for (const template of [users.verificationTemplate, users.resetPasswordTemplate, users.confirmEmailChangeTemplate, users.authAlert.emailTemplate, users.otp.emailTemplate]) {
      assert.deepEqual(Object.keys(template).sort(), ['body', 'subject']);
    }
  });

  it('create gives the saved collection, with derived ids and defaults', async () => {
    const posts = await pb.collections.create({
      name: 'posts', type: 'base', listRule: '', viewRule: '', fields: [
        { name: 'title', type: 'text', required: true },
        { name: 'author', type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1 },
        { name: 'created', type: 'autodate', onCreate: true },
      ], indexes: ['CREATE INDEX `idx_posts_title` ON `posts` (`title`)'],
    });
    has(posts, { id: 'pbc_1125843985', name: 'posts', type: 'base', system: false, ...rules, listRule: '', viewRule: '' }, 'posts');
    assert.match(posts.created, dateForm);
    assert.match(posts.updated, dateForm);
    assert.deepEqual(posts.indexes.map(index => index.replace(/\s+/g, ' ')), ['CREATE INDEX `idx_posts_title` ON `posts` (`title`)']);
    assert.deepEqual(posts.fields.map(field => field.name), ['id', 'title', 'author', 'created']);
    has(posts.fields[0], idField, 'id');
    has(posts.fields[1], { type: 'text', required: true, system: false, hidden: false, presentable: false, primaryKey: false, min: 0, max: 0, pattern: '', autogeneratePattern: '' }, 'title');
    assert.match(posts.fields[1].id, /^text\d+$/);
    has(posts.fields[2], { type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1, minSelect: 0, cascadeDelete: false, required: false }, 'author');
    has(posts.fields[3], { id: 'autodate2990389176', onCreate: true, onUpdate: false }, 'created');
    assert.deepEqual(await pb.collections.getOne('posts'), posts);
    assert.deepEqual(await pb.collections.getOne('POSTS'), posts);
    assert.deepEqual(await pb.collections.getOne(posts.id), posts);
  });

  it('create makes auth collections with their system fields, and never shows secrets', async () => {
    const members = await pb.collections.create({ name: 'members', type: 'auth', authToken: { secret: 's'.repeat(40), duration: 1000 }, fields: [{ name: 'nick', type: 'text' }] });
    assert.deepEqual(members.fields.map(field => field.name).sort(), ['email', 'emailVisibility', 'id', 'nick', 'password', 'tokenKey', 'verified']);
    assert.deepEqual(members.authToken, { duration: 1000 });
    assert.deepEqual(members.passwordAuth, { enabled: true, identityFields: ['email'] });
    assert.equal(members.indexes.length, 2);
    assert.equal(JSON.stringify(members).includes('secret'), false);
  });

  it('create takes a client\'s own id', async () => {
    assert.equal((await pb.collections.create({ id: 'my_own_id', name: 'owned', type: 'base' })).id, 'my_own_id');
    await fails(pb.collections.create({ id: 'my_own_id', name: 'owned2', type: 'base' }), 400, 'Failed to create collection.', { id: 'validation_invalid_or_existing_id' });
  });

  it('getList, getFullList and getFirstListItem page, filter and sort', async () => {
    const list = await pb.collections.getList(1, 2, { sort: '-name', filter: 'type = "auth"' });
    assert.deepEqual({ ...list, items: list.items.map(item => item.name) }, { page: 1, perPage: 2, totalItems: 3, totalPages: 2, items: ['users', 'members'] });
    assert.equal((await pb.collections.getFirstListItem('name = "posts"')).id, 'pbc_1125843985');
    assert.ok((await pb.collections.getFullList({ filter: 'system = true' })).every(collection => collection.system));
    for (const filter of ['fields ~ "x"', 'listRule = ""', 'nope = 1', 'name =']) await fails(pb.collections.getList(1, 2, { filter }), 400);
    await fails(pb.collections.getList(1, 2, { sort: 'nope' }), 400);
    await fails(pb.collections.getOne('nope'), 404, 'The requested resource wasn\'t found.', {});
    await assert.rejects(pb.collections.getFirstListItem('name = "nobody"'), { status: 404 });
  });

  it('update merges: absent keys keep their value', async () => {
    const before = await pb.collections.getOne('posts');
    const changed = await pb.collections.update('posts', { viewRule: 'title != ""' });
    assert.deepEqual({ ...changed, updated: '' }, { ...before, viewRule: 'title != ""', updated: '' });
    assert.equal((await pb.collections.update('posts', { viewRule: null })).viewRule, null);
    const members = await pb.collections.update('members', { otp: { length: 6 }, authToken: { duration: 2000 } });
    assert.deepEqual([members.otp.length, members.otp.duration, members.authToken], [6, 180, { duration: 2000 }]);
    await fails(pb.collections.update('nope', {}), 404);
  });

  it('delete, and what stands in its way', async () => {
    const target = await pb.collections.create({ name: 'target', type: 'base' });
    await pb.collections.create({ name: 'pointer', type: 'base', fields: [{ name: 'to', type: 'relation', collectionId: target.id, maxSelect: 1 }] });
    assert.match((await fails(pb.collections.delete('target'), 400)).message, /pointer/);
    assert.equal((await call(server, 'DELETE', '/api/collections/pointer', { token: pb.authStore.token })).status, 204);
    assert.equal(await pb.collections.delete('target'), true);
    await fails(pb.collections.delete('target'), 404);
    for (const name of ['_superusers', '_mfas', '_otps', '_authOrigins', '_externalAuths']) await fails(pb.collections.delete(name), 400);
    await fails(pb.collection('target').getList(), 404);
  });

  it('truncate', async () => {
    await pb.collections.create({ name: 'full', type: 'base', fields: [{ name: 'n', type: 'number' }] });
    for (let n = 0; n < 3; n++) await pb.collection('full').create({ n });
    assert.equal(await pb.collections.truncate('full'), true);
    assert.equal((await pb.collection('full').getList()).totalItems, 0);
    await fails(pb.collections.truncate('nope'), 404);
  });

  it('getScaffolds', async () => {
    const scaffolds = await pb.collections.getScaffolds();
    assert.deepEqual(Object.keys(scaffolds).sort(), ['auth', 'base', 'view']);
    for (const [type, scaffold] of Object.entries(scaffolds)) has(scaffold, { id: '', name: '', type, system: false, ...rules }, type);
    has(scaffolds.base.fields[0], idField, 'base.id');
    assert.deepEqual(scaffolds.auth.fields.map(field => field.name), ['id', 'password', 'tokenKey', 'email', 'emailVisibility', 'verified']);
    assert.equal(scaffolds.view.viewQuery, '');
    assert.deepEqual(scaffolds.view.fields, []);
    assert.equal('secret' in scaffolds.auth.authToken, false);
  });

  it('dryRunViewQuery', async () => {
    for (let n = 0; n < 12; n++) await pb.collection('full').create({ n });
    const { fields, sample } = await pb.collections.dryRunViewQuery('SELECT id, n as amount FROM "full"');
    assert.deepEqual(fields.map(field => [field.name, field.type]), [['id', 'text'], ['amount', 'number']]);
    assert.equal(sample.length, 10);
    assert.equal(typeof sample[0].amount, 'number');
    for (const query of ['SELECT n FROM "full"', 'SELECT * FROM "full"', 'nonsense', 'SELECT id FROM nope', 'SELECT id FROM "full"; DROP TABLE "full"', 'DELETE FROM "full"']) {
      await fails(pb.collections.dryRunViewQuery(query), 400, /^Invalid view query\. Raw error: /);
    }
    await fails(pb.collections.dryRunViewQuery(''), 400, undefined, undefined);
    await fails(pb.collections.dryRunViewQuery(`SELECT id FROM "full" WHERE n != ${'1'.repeat(5000)}`), 400);
    assert.equal((await pb.collection('full').getList()).totalItems, 12);
  });

  it('import creates, changes and keeps, and gives 204', async () => {
    const posts = await pb.collections.getOne('posts');
    assert.equal(await pb.collections.import([
      { name: 'imported', type: 'base', fields: [{ name: 'a', type: 'text' }] },
      { id: posts.id, name: 'posts', type: 'base', fields: [{ name: 'subtitle', type: 'text' }] },
    ]), true);
    assert.deepEqual((await pb.collections.getOne('imported')).fields.map(field => field.name), ['id', 'a']);
    assert.deepEqual((await pb.collections.getOne('posts')).fields.map(field => field.name).sort(), ['author', 'created', 'id', 'subtitle', 'title']);
    assert.equal((await call(server, 'PUT', '/api/collections/import', { body: { collections: [posts] }, token: pb.authStore.token })).status, 204);
  });

  it('all of it is for superusers', async () => {
    await pb.collection('users').create({ email: 'u@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
    const user = await server.user('u@example.com', 'moss-lamp-57');
    for (const [client, status, message] of [[server.guest(), 401, 'The request requires valid record authorization token.'], [user, 403, 'The authorized record is not allowed to perform this action.']]) {
      const { collections } = client;
      for (const attempt of [
        () => collections.getList(), () => collections.getOne('posts'), () => collections.getOne('nope'), () => collections.create({ name: 'x' }), () => collections.update('posts', {}),
        () => collections.delete('posts'), () => collections.truncate('posts'), () => collections.import([]), () => collections.getScaffolds(), () => collections.dryRunViewQuery('SELECT 1'),
      ]) await fails(attempt, status, message, {});
    }
  });
});

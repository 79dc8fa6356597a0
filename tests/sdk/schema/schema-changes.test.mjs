// Changes of a collection that has data: nothing is lost that was not asked for (contract 4.3, 4.6, 4.8, 5.8 to 5.10).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id, names } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('schema changes', () => {
  let server, pb, number = 0;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  const make = (fields, more = {}) => pb.collections.create({ name: `c${++number}`, type: 'base', fields, ...more });
  const changed = (collection, change) => pb.collections.update(collection.id, { fields: collection.fields.flatMap(field => change(field) ?? []) });

  it('a field with the same id and another name is renamed and keeps its data', async () => {
    const made = await make([{ name: 'old', type: 'text' }, { name: 'n', type: 'number' }], { indexes: [`CREATE INDEX idx_ren ON c${number + 1} (n)`] });
    const record = await pb.collection(made.id).create({ old: 'kept', n: 1 });
    const after = await changed(made, field => field.name === 'old' ? { ...field, name: 'fresh' } : field);
    assert.deepEqual(after.fields.map(field => [field.name, field.id]), made.fields.map(field => [field.name === 'old' ? 'fresh' : field.name, field.id]));
    const stored = await pb.collection(made.id).getOne(record.id);
    assert.deepEqual([stored.fresh, stored.n, 'old' in stored], ['kept', 1, false]);
    assert.equal((await pb.collection(made.id).getList(1, 1, { filter: 'fresh = "kept"' })).totalItems, 1);
  });

  it('two fields may swap their names', async () => {
    const made = await make([{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }]);
    const record = await pb.collection(made.id).create({ a: 'A', b: 'B' });
    await changed(made, field => field.name === 'a' ? { ...field, name: 'b' } : field.name === 'b' ? { ...field, name: 'a' } : field);
    const stored = await pb.collection(made.id).getOne(record.id);
    assert.deepEqual([stored.a, stored.b], ['B', 'A']);
  });

  it('a missing id drops the column, an unknown one adds a column, a known name without id keeps its column', async () => {
    const made = await make([{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }]);
    const record = await pb.collection(made.id).create({ a: 'A', b: 'B' });
    const after = await pb.collections.update(made.id, { fields: [{ name: 'b', type: 'text' }, { name: 'c', type: 'number' }] });
    assert.deepEqual(after.fields.map(field => field.name), ['id', 'b', 'c']);
    assert.equal(after.fields[1].id, made.fields[2].id);
    const stored = await pb.collection(made.id).getOne(record.id);
    assert.deepEqual([stored.b, stored.c, 'a' in stored], ['B', 0, false]);
    assert.equal((await pb.collections.update(made.id, { fields: [...after.fields, { name: 'a', type: 'text' }] })).fields.length, 4);
    assert.equal((await pb.collection(made.id).getOne(record.id)).a, '');
  });

  it('single to multiple wraps, multiple to single keeps the last', async () => {
    const targets = await make([]);
    for (const name of ['r1', 'r2']) await pb.collection(targets.id).create({ id: id(name) });
    const made = await make([{ name: 's', type: 'select', values: ['a', 'b', 'c'] }, { name: 'r', type: 'relation', collectionId: targets.id, maxSelect: 1 }, { name: 't', type: 'text' }]);
    const records = pb.collection(made.id);
    await records.create({ id: id('full'), s: 'b', r: id('r1'), t: 'x' });
    await records.create({ id: id('empty') });
    const multiple = await changed(made, field => ['s', 'r'].includes(field.name) ? { ...field, maxSelect: 3 } : field);
    assert.deepEqual([(await records.getOne(id('full'))).s, (await records.getOne(id('full'))).r], [['b'], [id('r1')]]);
    assert.deepEqual([(await records.getOne(id('empty'))).s, (await records.getOne(id('empty'))).r], [[], []]);
    await records.update(id('full'), { s: ['c', 'a'], r: [id('r1'), id('r2')] });
    await changed(multiple, field => ['s', 'r'].includes(field.name) ? { ...field, maxSelect: 1 } : field);
    const full = await records.getOne(id('full'));
    assert.deepEqual([full.s, full.r, full.t], ['a', id('r2'), 'x']);
    assert.deepEqual([(await records.getOne(id('empty'))).s, (await records.getOne(id('empty'))).r], ['', '']);
  });

  it('a renamed collection keeps its id, records, indexes and relations to it', async () => {
    const made = await make([{ name: 't', type: 'text' }], { name: 'first', indexes: ['CREATE UNIQUE INDEX idx_first_t ON first (t)'] });
    const other = await make([{ name: 'to', type: 'relation', collectionId: made.id, maxSelect: 1 }]);
    const record = await pb.collection('first').create({ t: 'x' });
    await pb.collection(other.id).create({ to: record.id });
    const renamed = await pb.collections.update('first', { name: 'second' });
    assert.equal(renamed.id, made.id);
    assert.match(renamed.indexes[0], /ON `second`/);
    await fails(pb.collection('first').getList(), 404);
    assert.equal((await pb.collection('second').getOne(record.id)).t, 'x');
    assert.equal((await pb.collection(other.id).getFirstListItem('', { expand: 'to' })).expand.to.t, 'x');
    await fails(pb.collection('second').create({ t: 'x' }), 400, undefined, { t: 'validation_not_unique' });
    await pb.collections.update('second', { name: 'SECOND' });
    assert.equal((await pb.collection('second').getList()).totalItems, 1);
  });

  it('indexes are added and removed with the list, and a unique one needs unique data', async () => {
    const made = await make([{ name: 't', type: 'text' }]);
    const records = pb.collection(made.id);
    await records.create({ t: 'x' });
    await records.create({ t: 'x' });
    const unique = `CREATE UNIQUE INDEX idx_u${number} ON ${made.name} (t)`;
    await fails(pb.collections.update(made.id, { indexes: [unique] }), 400);
    assert.deepEqual((await pb.collections.getOne(made.id)).indexes, []);
    await records.delete((await records.getFirstListItem('')).id);
    assert.equal((await pb.collections.update(made.id, { indexes: [unique] })).indexes.length, 1);
    await fails(records.create({ t: 'x' }), 400, undefined, { t: 'validation_not_unique' });
    assert.deepEqual((await pb.collections.update(made.id, { indexes: [] })).indexes, []);
    assert.equal((await records.create({ t: 'x' })).t, 'x');
  });

  it('a failing change leaves everything as it was', async () => {
    const made = await make([{ name: 't', type: 'text' }, { name: 'n', type: 'number' }]);
    const record = await pb.collection(made.id).create({ t: 'x', n: 1 });
    await fails(pb.collections.update(made.id, { name: 'elsewhere', fields: [{ name: 'z', type: 'text' }], indexes: ['CREATE INDEX idx_bad ON x (nope)'] }), 400);
    assert.deepEqual(await pb.collections.getOne(made.id), made);
    assert.deepEqual(await pb.collection(made.id).getOne(record.id), record);
  });

  it('an auth rule that changes ends every session of the collection', async () => {
    await pb.collection('users').create({ email: 'u@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
    const user = await server.user('u@example.com', 'moss-lamp-57');
    assert.equal((await user.collection('users').getList()).totalItems, 1);
    await pb.collections.update('users', { authRule: 'email != ""' });
    assert.equal((await user.collection('users').getList()).totalItems, 0);
    await pb.collections.update('users', { authRule: null });
    await fails(server.user('u@example.com', 'moss-lamp-57'), 403);
    await pb.collections.update('users', { authRule: '' });
  });

  describe('import', () => {
    it('with deleteMissing removes absent collections and fields, never system ones', async () => {
      const keep = await make([{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }], { name: 'keep' });
      await make([], { name: 'lose' });
      const record = await pb.collection('keep').create({ a: 'A', b: 'B' });
      const users = await pb.collections.getOne('users');
      assert.equal(await pb.collections.import([{ ...keep, fields: keep.fields.filter(field => field.name !== 'b') }, users], true), true);
      const left = (await pb.collections.getFullList({ query: { internal: true } })).map(collection => collection.name).sort();
      assert.deepEqual(left.filter(name => !name.startsWith('_')), ['keep', 'users']);
      for (const name of ['_authOrigins', '_externalAuths', '_mails', '_mfas', '_otps', '_sessions', '_superusers']) assert.ok(left.includes(name), name);
      const stored = await pb.collection('keep').getOne(record.id);
      assert.deepEqual([stored.a, 'b' in stored], ['A', false]);
      assert.equal((await server.superuser()).authStore.isValid, true);
    });

    it('matches by id, else by name, and takes collections in any order', async () => {
      assert.equal(await pb.collections.import([
        { name: 'viewed', type: 'view', viewQuery: 'SELECT id, b FROM child' },
        { id: 'pbc_child', name: 'child', type: 'base', fields: [{ name: 'b', type: 'relation', collectionId: 'pbc_parent', maxSelect: 1 }] },
        { id: 'pbc_parent', name: 'parent', type: 'base', fields: [] },
        { name: 'KEEP', type: 'base', fields: [{ name: 'extra', type: 'bool' }] },
      ]), true);
      assert.deepEqual((await pb.collections.getOne('keep')).fields.map(field => field.name).sort(), ['a', 'extra', 'id']);
      await pb.collection('parent').create({ id: id('pp') });
      await pb.collection('child').create({ id: id('cc'), b: id('pp') });
      assert.deepEqual(names(await pb.collection('viewed').getFullList()), ['cc']);
    });

    it('is all or nothing', async () => {
      const before = await pb.collections.getFullList();
      await fails(pb.collections.import([{ name: 'good', type: 'base' }, { name: 'bad name!', type: 'base' }]), 400, 'Failed to import collections.');
      await fails(pb.collections.import([]), 400, undefined, undefined);
      await fails(pb.collections.import([{ name: 'x', type: 'base', fields: [{ name: 'r', type: 'relation', collectionId: 'nope' }] }]), 400);
      assert.deepEqual(await pb.collections.getFullList(), before);
    });
  });

  describe('?plan=true', () => {
    const plan = async (method, path, body) => {
      const before = await pb.collections.getFullList();
      const answer = await call(server, method, `${path}?plan=true`, { body, token: pb.authStore.token });
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(await pb.collections.getFullList(), before, 'a plan changes nothing');
      assert.ok(Array.isArray(answer.json.steps), answer.text);
      return answer.json;
    };

    it('tells what create, update, delete and import would do', async () => {
      const made = await make([{ name: 't', type: 'text' }, { name: 'n', type: 'number' }], { name: 'planned' });
      for (let n = 0; n < 3; n++) await pb.collection('planned').create({ t: `t${n}`, n });
      assert.match(JSON.stringify(await plan('POST', '/api/collections', { name: 'brandnew', type: 'base' })), /brandnew/);
      const drop = JSON.stringify(await plan('PATCH', '/api/collections/planned', { fields: [{ name: 't', type: 'text' }] }));
      assert.match(drop, /"?\bn\b/);
      assert.match(drop, /3/);
      assert.match(JSON.stringify(await plan('DELETE', '/api/collections/planned')), /planned/);
      const whole = JSON.stringify(await plan('PUT', '/api/collections/import', { collections: [{ ...made, name: 'planned2' }], deleteMissing: true }));
      assert.match(whole, /planned2/);
      assert.match(whole, /keep/i);
      assert.equal((await pb.collection('planned').getList()).totalItems, 3);
      assert.deepEqual((await plan('PATCH', '/api/collections/planned', {})).steps.length >= 0, true);
    });

    it('refuses what the change itself would refuse', async () => {
      const token = pb.authStore.token;
      assert.equal((await call(server, 'POST', '/api/collections?plan=true', { body: { name: 'bad name!' }, token })).status, 400);
      assert.equal((await call(server, 'PATCH', '/api/collections/nope?plan=true', { body: {}, token })).status, 404);
      assert.equal((await call(server, 'DELETE', '/api/collections/_superusers?plan=true', { token })).status, 400);
      assert.equal((await call(server, 'DELETE', '/api/collections/planned?plan=true')).status, 401);
      assert.equal((await pb.collection('planned').getList()).totalItems, 3);
    });
  });
});

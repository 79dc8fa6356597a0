// Body modifiers, unique faults and cascades (contract 5.4, 5.9, 5.10, 6.5, 6.6).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codesOf, fails, id, names } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

describe('modifiers, unique values and cascades', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  const make = (name, fields, more = {}) => pb.collections.create({ name, type: 'base', fields, ...more });
  const relation = (collection, more = {}) => ({ name: 'to', type: 'relation', collectionId: collection.id, maxSelect: 1, ...more });

  describe('modifiers', () => {
    let items;
    before(async () => {
      const targets = await make('targets', [{ name: 'n', type: 'text' }]);
      for (const name of ['t1', 't2', 't3']) await pb.collection('targets').create({ id: id(name) });
      await make('items', [
        { name: 'n', type: 'number' },
        { name: 'many', type: 'select', values: ['a', 'b', 'c', 'd'], maxSelect: 4 },
        { name: 'one', type: 'select', values: ['a', 'b'] },
        { name: 'rels', type: 'relation', collectionId: targets.id, maxSelect: 3 },
      ]);
      items = pb.collection('items');
    });

    it('add to and subtract from numbers', async () => {
      const made = await items.create({ 'n+': 5 });
      assert.equal(made.n, 5);
      assert.equal((await items.update(made.id, { 'n+': 2.5 })).n, 7.5);
      assert.equal((await items.update(made.id, { 'n-': 10 })).n, -2.5);
      assert.equal((await items.update(made.id, { 'n+': 'x' })).n, -2.5);
      assert.equal((await items.update(made.id, { n: 100, 'n+': 1 })).n, 101);
      assert.equal((await items.create({ n: 1, 'n-': 3 })).n, -2);
    });

    it('never lose an increment under concurrent updates', async () => {
      const made = await items.create({ n: 0 });
      await Promise.all(Array.from({ length: 40 }, () => items.update(made.id, { 'n+': 1 })));
      assert.equal((await items.getOne(made.id)).n, 40);
    });

    it('append to, prepend to and remove from lists', async () => {
      const made = await items.create({ many: ['b'], 'many+': 'c' });
      assert.deepEqual(made.many, ['b', 'c']);
      const after = async body => (await items.update(made.id, body)).many;
      assert.deepEqual(await after({ 'many+': ['d', 'b'] }), ['b', 'c', 'd']);
      assert.deepEqual(await after({ '+many': 'a' }), ['a', 'b', 'c', 'd']);
      assert.deepEqual(await after({ 'many-': ['a', 'c', 'zzz'] }), ['b', 'd']);
      assert.deepEqual(await after({ many: ['a'], 'many+': 'b' }), ['a', 'b']);
      await fails(items.update(made.id, { 'many+': 'zzz' }), 400, undefined, { many: 'validation_invalid_value' });
      assert.deepEqual((await items.getOne(made.id)).many, ['a', 'b']);
    });

    it('work on single selects and on relations', async () => {
      const made = await items.create({ 'one+': 'a', 'rels+': [id('t1')] });
      assert.deepEqual([made.one, made.rels], ['a', [id('t1')]]);
      assert.equal((await items.update(made.id, { 'one+': 'b' })).one, 'b');
      assert.equal((await items.update(made.id, { 'one-': 'b' })).one, '');
      assert.deepEqual((await items.update(made.id, { '+rels': [id('t2')], 'rels-': 'none' })).rels, [id('t2'), id('t1')]);
      await fails(items.update(made.id, { 'rels+': id('zz') }), 400, undefined, { rels: 'validation_missing_rel_records' });
    });
  });

  describe('unique values', () => {
    it('flags every column of the index that failed', async () => {
      await make('unique1', [{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }, { name: 'c', type: 'text' }], {
        indexes: ['CREATE UNIQUE INDEX idx_u_ab ON unique1 (a, b)', "CREATE UNIQUE INDEX idx_u_c ON unique1 (c) WHERE c != ''"],
      });
      const records = pb.collection('unique1');
      await records.create({ a: '1', b: '1', c: 'x' });
      const other = await records.create({ a: '1', b: '2' });
      assert.deepEqual((await fails(records.create({ a: '1', b: '1' }), 400, 'Failed to create record.')).data, {
        a: { code: 'validation_not_unique', message: 'Value must be unique.' }, b: { code: 'validation_not_unique', message: 'Value must be unique.' },
      });
      await fails(records.create({ a: '9', b: '9', c: 'x' }), 400, 'Failed to create record.', { c: 'validation_not_unique' });
      await fails(records.update(other.id, { b: '1' }), 400, 'Failed to update record.', { a: 'validation_not_unique', b: 'validation_not_unique' });
      assert.equal((await records.update(other.id, { b: '2' })).b, '2');
      assert.equal((await records.getList()).totalItems, 2);
    });
  });

  describe('relations', () => {
    it('must point to existing records, and hold their limits', async () => {
      const targets = await make('rtargets', [{ name: 'n', type: 'text' }]);
      await make('rmany', [relation(targets, { maxSelect: 3, minSelect: 2 })]);
      await make('rone', [relation(targets, { required: true })]);
      for (const name of ['a1', 'a2', 'a3', 'a4']) await pb.collection('rtargets').create({ id: id(name) });
      const many = pb.collection('rmany');
      await fails(many.create({ to: [id('a1')] }), 400, undefined, { to: 'validation_not_enough_values' });
      await fails(many.create({ to: ['a1', 'a2', 'a3', 'a4'].map(id) }), 400, undefined, { to: 'validation_too_many_values' });
      await fails(many.create({ to: [id('a1'), id('zz')] }), 400, undefined, { to: 'validation_missing_rel_records' });
      assert.deepEqual((await many.create({ to: [] })).to, []);
      assert.deepEqual((await many.create({ to: [id('a2'), id('a1')] })).to, [id('a2'), id('a1')]);
      await fails(pb.collection('rone').create({}), 400, undefined, { to: 'validation_required' });
      await fails(pb.collection('rone').create({ to: id('zz') }), 400, undefined, { to: 'validation_missing_rel_records' });
    });

    it('cascade, block or let go when their target is deleted', async () => {
      const owners = await make('owners', [{ name: 'n', type: 'text' }]);
      const pets = await make('pets', [relation(owners, { cascadeDelete: true })]);
      await make('toys', [relation(pets, { cascadeDelete: true })]);
      await make('herds', [relation(owners, { cascadeDelete: true, maxSelect: 3 })]);
      await make('visits', [relation(owners, { maxSelect: 3 })]);
      await make('cards', [relation(owners, {})]);
      for (const name of ['o1', 'o2']) await pb.collection('owners').create({ id: id(name) });
      await pb.collection('pets').create({ id: id('p1'), to: id('o1') });
      await pb.collection('pets').create({ id: id('p2'), to: id('o2') });
      await pb.collection('toys').create({ id: id('y1'), to: id('p1') });
      await pb.collection('toys').create({ id: id('y2'), to: id('p2') });
      await pb.collection('herds').create({ id: id('h1'), to: [id('o1')] });
      await pb.collection('herds').create({ id: id('h2'), to: [id('o1'), id('o2')] });
      await pb.collection('visits').create({ id: id('v1'), to: [id('o1'), id('o2')] });
      await pb.collection('cards').create({ id: id('k1'), to: id('o1') });

      assert.equal(await pb.collection('owners').delete(id('o1')), true);

      const left = async name => names(await pb.collection(name).getFullList());
      assert.deepEqual(await left('owners'), ['o2']);
      assert.deepEqual(await left('pets'), ['p2']);
      assert.deepEqual(await left('toys'), ['y2']);
      assert.deepEqual(await left('herds'), ['h2']);
      assert.deepEqual((await pb.collection('herds').getOne(id('h2'))).to, [id('o2')]);
      assert.deepEqual((await pb.collection('visits').getOne(id('v1'))).to, [id('o2')]);
      assert.equal((await pb.collection('cards').getOne(id('k1'))).to, '');
    });

    it('refuse the delete when a required one would be left empty, and change nothing', async () => {
      const bosses = await make('bosses', [{ name: 'n', type: 'text' }]);
      await make('aides', [relation(bosses, { cascadeDelete: true })]);
      await make('staff', [relation(bosses, { required: true, maxSelect: 2 })]);
      for (const name of ['b1', 'b2']) await pb.collection('bosses').create({ id: id(name) });
      await pb.collection('aides').create({ id: id('a1'), to: id('b1') });
      await pb.collection('staff').create({ id: id('s1'), to: [id('b1')] });
      await pb.collection('staff').create({ id: id('s2'), to: [id('b1'), id('b2')] });
      await fails(pb.collection('bosses').delete(id('b1')), 400,
        'Failed to delete record. Make sure that the record is not part of a required relation reference.', {});
      assert.deepEqual(names(await pb.collection('aides').getFullList()), ['a1']);
      assert.deepEqual((await pb.collection('staff').getOne(id('s2'))).to, [id('b1'), id('b2')]);
      await fails(pb.collections.truncate('bosses'), 400);
      assert.equal((await pb.collection('bosses').getList()).totalItems, 2);
      await pb.collection('staff').update(id('s1'), { to: [id('b2')] });
      assert.equal(await pb.collection('bosses').delete(id('b1')), true);
    });

    it('cascade around a ring and end', async () => {
      const nodes = await make('nodes', [{ name: 'n', type: 'text' }]);
      await pb.collections.update('nodes', { fields: [...nodes.fields, relation(nodes, { cascadeDelete: true })] });
      const list = pb.collection('nodes');
      for (let n = 1; n <= 4; n++) await list.create({ id: id(`n${n}`), to: n > 1 ? id(`n${n - 1}`) : '' });
      await list.update(id('n1'), { to: id('n4') });
      assert.equal(await list.delete(id('n2')), true);
      assert.equal((await list.getList()).totalItems, 0);
      await list.create({ id: id('n9') });
      await list.update(id('n9'), { to: id('n9') });
      assert.equal(await list.delete(id('n9')), true);
    });
  });

  it('says which field of a record is wrong, and writes nothing', async () => {
    await make('strict', [{ name: 'a', type: 'text', required: true }, { name: 'b', type: 'number', max: 5 }]);
    const error = await fails(pb.collection('strict').create({ b: 9 }), 400, 'Failed to create record.');
    assert.deepEqual(codesOf(error.data), { a: 'validation_required', b: 'validation_max_number_constraint' });
    assert.equal((await pb.collection('strict').getList()).totalItems, 0);
  });
});

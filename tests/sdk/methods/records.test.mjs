// pb.collection(c): lists, single records, writes (contract 6, SDK list 15).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dateForm, fails, id, idForm, names } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('pb.collection(c)', () => {
  let server, pb, made, books;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    made = await pb.collections.create({
      name: 'books', type: 'base', fields: [
        { name: 'title', type: 'text', required: true }, { name: 'pages', type: 'number' },
        { name: 'created', type: 'autodate', onCreate: true }, { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
      ],
    });
    books = pb.collection('books');
    for (let n = 1; n <= 5; n++) await books.create({ id: id(`b${n}`), title: `Book ${n}`, pages: n * 10 });
  });
  after(() => server?.stop());

  it('getList', async () => {
    const list = await books.getList(2, 2, { sort: 'pages' });
    assert.deepEqual({ ...list, items: names(list) }, { page: 2, perPage: 2, totalItems: 5, totalPages: 3, items: ['b3', 'b4'] });
    const [first] = list.items;
    assert.match(first.created, dateForm);
    assert.deepEqual({ ...first }, {
      collectionId: made.id, collectionName: 'books', id: id('b3'), title: 'Book 3', pages: 30, created: first.created, updated: first.updated,
    });
  });

  it('getFullList', async () => {
    assert.deepEqual(names(await books.getFullList({ filter: 'pages > 20' })), ['b3', 'b4', 'b5']);
    assert.deepEqual(await books.getFullList({ filter: '1=2' }), []);
  });

  it('getFirstListItem', async () => {
    assert.equal((await books.getFirstListItem('pages > 20', { sort: '-pages' })).id, id('b5'));
    await assert.rejects(books.getFirstListItem('pages > 2000'), { status: 404 });
  });

  it('getOne', async () => {
    assert.equal((await books.getOne(id('b1'))).title, 'Book 1');
    await fails(books.getOne(id('zz')), 404, 'The requested resource wasn\'t found.', {});
    await fails(books.getOne('a/b'), 404);
    await fails(books.getOne('%00'), 404);
  });

  it('create', async () => {
    const created = await books.create({ title: 'New' });
    assert.match(created.id, idForm);
    assert.deepEqual([created.title, created.pages], ['New', 0]);
    assert.equal(created.created, created.updated);
    assert.deepEqual(await books.getOne(created.id), created);
    await fails(books.create({ title: '' }), 400, 'Failed to create record.', { title: 'validation_required' });
    await books.delete(created.id);
  });

  it('update changes the submitted keys only', async () => {
    const before = await books.getOne(id('b2'));
    const changed = await books.update(id('b2'), { pages: 25 });
    assert.deepEqual({ ...changed, updated: '' }, { ...before, pages: 25, updated: '' });
    assert.ok(changed.updated >= before.updated);
    assert.deepEqual({ ...await books.update(id('b2'), {}), updated: '' }, { ...changed, updated: '' });
    await fails(books.update(id('zz'), { pages: 1 }), 404, 'The requested resource wasn\'t found.', {});
    await fails(books.update(id('b2'), { title: '' }), 400, 'Failed to update record.', { title: 'validation_required' });
  });

  it('delete', async () => {
    const made = await books.create({ title: 'gone' });
    assert.equal((await call(server, 'DELETE', `/api/collections/books/records/${made.id}`, { token: pb.authStore.token })).status, 204);
    await fails(books.delete(made.id), 404, 'The requested resource wasn\'t found.', {});
  });

  it('takes the collection by id and by name in any letter case', async () => {
    for (const name of [made.id, 'books', 'BOOKS', 'Books']) assert.equal((await pb.collection(name).getOne(id('b1'))).collectionName, 'books');
    await fails(pb.collection(made.id.toUpperCase()).getOne(id('b1')), 404);
  });

  it('names a missing collection in the words of the method', async () => {
    const nope = pb.collection('nope');
    await fails(nope.getList(), 404, 'Missing collection context.', {});
    await fails(nope.getOne('x'), 404, 'Missing collection context.', {});
    await fails(nope.delete('x'), 404, 'Missing collection context.', {});
    await fails(nope.create({}), 404, 'Missing or invalid collection context.', {});
    await fails(nope.update('x', {}), 404, 'Missing or invalid collection context.', {});
  });

  it('is unharmed by auto-cancelled requests', async () => {
    const hasty = await server.superuser();
    hasty.autoCancellation(true);
    const calls = Array.from({ length: 10 }, () => hasty.collection('books').getList(1, 1));
    const outcomes = await Promise.allSettled(calls);
    assert.equal(outcomes.at(-1).status, 'fulfilled');
    assert.ok(outcomes.slice(0, -1).every(outcome => outcome.status === 'fulfilled' || outcome.reason.isAbort));
    assert.equal((await books.getList()).totalItems, 5);
  });

  it('sees its own write at once, from another client', async () => {
    const other = await server.superuser();
    for (let n = 0; n < 20; n++) {
      const made = await books.create({ title: `fresh ${n}` });
      assert.equal((await other.collection('books').getOne(made.id)).title, made.title);
      await other.collection('books').delete(made.id);
      await fails(books.getOne(made.id), 404);
    }
  });
});

// View collections: what a query becomes, and what cannot be done with it (contract 4.7).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id, names } from '../support/expect.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

describe('views', () => {
  let server, pb, number = 0;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
  });
  after(() => server?.stop());

  const view = (viewQuery, more = {}) => pb.collections.create({ name: `view${++number}`, type: 'view', viewQuery, ...more });
  const types = collection => Object.fromEntries(collection.fields.map(field => [field.name, field.type]));

  it('copies plain columns, and infers the rest', async () => {
    const made = await view(`SELECT p.id, p.title, p.status as state, p.labels, p.author as writer, a.id as person, COUNT(c.id) as comments, TOTAL(c.points) as points,
      CAST(p.views as INT) as whole, CAST(p.views as REAL) as precise, CAST(p.views as TEXT) as words, CAST(p.pinned as BOOL) as flag, p.views * 2 as twice, p.at
      FROM posts p LEFT JOIN comments c ON c.post = p.id LEFT JOIN people a ON a.id = p.author GROUP BY p.id, a.id`);
    assert.deepEqual(types(made), {
      id: 'text', title: 'text', state: 'select', labels: 'select', writer: 'relation', person: 'relation', comments: 'number', points: 'number',
      whole: 'number', precise: 'number', words: 'text', flag: 'bool', twice: 'json', at: 'date',
    });
    const field = name => made.fields.find(one => one.name === name);
    assert.deepEqual([field('comments').onlyInt, field('points').onlyInt, field('whole').onlyInt, field('precise').onlyInt], [true, false, true, false]);
    assert.deepEqual([field('state').values, field('labels').maxSelect, field('id').primaryKey], [['draft', 'published', 'archived'], 3, true]);
    const record = await pb.collection(made.id).getOne(id('p1'), { expand: 'writer,person' });
    assert.deepEqual([record.title, record.state, record.labels, record.comments, record.points, record.whole, record.words, record.flag, record.twice, record.at],
      ['Alpha', 'published', ['new'], 2, 6, 5, '5', true, 10, '2025-01-15 10:00:00.000Z']);
    assert.deepEqual([record.collectionName, record.expand.writer.name, record.expand.person.name], [made.name, 'Ann', 'Ann']);
    assert.deepEqual(names(await pb.collection(made.id).getFullList({ filter: 'comments > 0 && writer.name ?= "Ann"', sort: '-points' })), ['p1']);
  });

  it('hides what was hidden, and obeys its own rules', async () => {
    const made = await view('SELECT id, title, secret FROM posts', { listRule: 'title ~ "alpha"', viewRule: null });
    const guest = server.guest();
    const list = await guest.collection(made.id).getList();
    assert.deepEqual(names(list), ['p1', 'p4']);
    assert.equal(list.items.some(item => 'secret' in item), false);
    await fails(guest.collection(made.id).getOne(id('p1')), 403);
    assert.equal((await pb.collection(made.id).getOne(id('p1'))).secret, 's1');
  });

  it('takes synthetic, cast and computed ids', async () => {
    const made = await view('SELECT (ROW_NUMBER() OVER()) as id, status, COUNT(*) as n FROM posts GROUP BY status;');
    assert.equal(types(made).id, 'text');
    const all = await pb.collection(made.id).getFullList({ sort: '-n' });
    assert.equal(typeof all[0].id, 'string');
    assert.deepEqual(all.map(row => row.n).sort(), [1, 1, 1, 2]);
    assert.deepEqual((await pb.collection(made.id).getOne(all[0].id)).n, 2);
  });

  it('may read another view, also with a WITH-less subquery', async () => {
    const first = await view('SELECT id, title, views FROM posts WHERE views > 0');
    const second = await view(`SELECT v.id, v.title FROM ${first.name} v WHERE v.id IN (SELECT post FROM comments)`);
    assert.deepEqual(names(await pb.collection(second.id).getFullList()), ['p1', 'p2']);
  });

  it('refuses queries that are not one plain SELECT with an id', async () => {
    for (const query of [
      '', 'SELECT title FROM posts', 'SELECT * FROM posts', 'SELECT p.* FROM posts p', 'SELECT id FROM posts; SELECT id FROM posts', 'DELETE FROM posts', 'DROP TABLE posts', 'PRAGMA user_version',
      'SELECT id FROM nope', 'SELECT id, nope FROM posts', 'nonsense', "SELECT '' as id FROM posts", "SELECT 'same' as id FROM posts", 'INSERT INTO tags (name) VALUES (1)',
      'SELECT id FROM posts) ; DROP TABLE posts; --', 'ATTACH DATABASE \'x\' AS y',
    ]) {
      const error = await fails(pb.collections.create({ name: 'badview', type: 'view', viewQuery: query }), 400);
      assert.doesNotMatch(JSON.stringify(error), /at Hearth\.|\.cs:/);
    }
    assert.equal((await pb.collection('posts').getList()).totalItems, 5);
  });

  it('takes no writes', async () => {
    const made = await view('SELECT id, title FROM posts');
    await fails(pb.collection(made.id).create({ title: 'x' }), 400, 'Unsupported collection type.', {});
    await fails(pb.collection(made.id).update(id('p1'), { title: 'x' }), 400, 'Unsupported collection type.', {});
    await fails(pb.collection(made.id).delete(id('p1')), 400);
    await fails(pb.collections.truncate(made.id), 400);
    await fails(pb.collection(made.id).getList(1, 10, { sort: '@rowid' }), 400);
    assert.equal((await pb.collection('posts').getOne(id('p1'))).title, 'Alpha');
  });

  it('follows a change of its query and of its source', async () => {
    const made = await view('SELECT id, note FROM posts');
    const { fields } = await pb.collections.getOne('posts');
    await fails(pb.collections.update('posts', { fields: fields.filter(field => field.name !== 'note') }), 400);
    const changed = await pb.collections.update(made.id, { viewQuery: 'SELECT id, title as name FROM posts' });
    assert.deepEqual(types(changed), { id: 'text', name: 'text' });
    await pb.collections.update('posts', { fields: fields.map(field => field.name === 'labels' ? { ...field, values: [...field.values, 'extra'] } : field) });
    const labels = await view('SELECT id, labels FROM posts');
    assert.deepEqual(labels.fields[1].values, ['new', 'hot', 'old', 'extra']);
    await pb.collections.update('posts', { fields: fields.map(field => field.name === 'labels' ? { ...field, values: ['new', 'hot', 'old', 'later'] } : field) });
    assert.deepEqual((await pb.collections.getOne(labels.id)).fields[1].values, ['new', 'hot', 'old', 'later']);
  });

  it('keeps its source from being deleted', async () => {
    await pb.collections.create({ name: 'source', type: 'base', fields: [{ name: 'a', type: 'text' }] });
    const made = await view('SELECT id, a FROM source');
    await fails(pb.collections.delete('source'), 400);
    assert.equal(await pb.collections.delete(made.id), true);
    assert.equal(await pb.collections.delete('source'), true);
  });
});

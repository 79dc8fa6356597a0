// Sort, paging and skipTotal (contract 3).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id, names, namesInOrder } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

const sorts = [
  ['views', 'p5 p3 p1 p2 p4'],
  ['+views', 'p5 p3 p1 p2 p4'],
  ['-views', 'p4 p2 p1 p3 p5'],
  ['-pinned,views', 'p1 p4 p5 p3 p2'],
  [' -pinned , -views ', 'p4 p1 p2 p3 p5'],
  ['title:lower', 'p1 p4 p2 p3 p5'],
  ['labels:length,-views', 'p3 p1 p5 p2 p4'],
  ['-author.name,views', 'p5 p2 p1 p4 p3'],
  ['-place.lat,views', 'p2 p4 p1 p5 p3'],
  ['@rowid', 'p1 p2 p3 p4 p5'],
  ['-@rowid', 'p5 p4 p3 p2 p1'],
  ['details_via_post.text,-views', 'p4 p3 p5 p1 p2'],
  ['', 'p1 p2 p3 p4 p5'],
];

const badSorts = [
  'nope', 'title,nope', 'title,,views', '-', '+', '"title"', '1', '@now', 'strftime("%Y",at)', '@request.auth.id', 'author.nope', 'title:nope',
  'title desc', 'title;', '*', Array(9).fill('views').join(','), 'views'.padEnd(256, 'x'),
];

describe('sort and paging', () => {
  let server, pb, posts;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    posts = pb.collection('posts');
  });
  after(() => server?.stop());

  for (const [sort, expected] of sorts) {
    it(`sorts by "${sort}"`, async () => assert.equal(namesInOrder(await posts.getList(1, 30, { sort })).join(' '), expected));
  }

  it('sorts at random without losing a row', async () => {
    assert.deepEqual(names(await posts.getList(1, 30, { sort: '@random' })), ['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  for (const sort of badSorts) {
    it(`refuses to sort by "${sort.slice(0, 40)}"`, () => fails(posts.getList(1, 30, { sort }), 400, undefined, {}));
  }

  it('takes eight keys', async () => {
    assert.equal((await posts.getList(1, 30, { sort: Array(8).fill('views').join(',') })).items.length, 5);
  });

  it('pages, and echoes the page', async () => {
    const envelope = async (page, perPage) => {
      const { items, ...rest } = await posts.getList(page, perPage, { sort: '@rowid' });
      return { ...rest, items: namesInOrder(items).join(' ') };
    };
    assert.deepEqual(await envelope(1, 2), { page: 1, perPage: 2, totalItems: 5, totalPages: 3, items: 'p1 p2' });
    assert.deepEqual(await envelope(3, 2), { page: 3, perPage: 2, totalItems: 5, totalPages: 3, items: 'p5' });
    assert.deepEqual(await envelope(4, 2), { page: 4, perPage: 2, totalItems: 5, totalPages: 3, items: '' });
    assert.deepEqual(await envelope(0, 0), { page: 1, perPage: 30, totalItems: 5, totalPages: 1, items: 'p1 p2 p3 p4 p5' });
    assert.deepEqual(await envelope(-7, -7), { page: 1, perPage: 30, totalItems: 5, totalPages: 1, items: 'p1 p2 p3 p4 p5' });
    assert.deepEqual(await envelope(1, 5000), { page: 1, perPage: 1000, totalItems: 5, totalPages: 1, items: 'p1 p2 p3 p4 p5' });
  });

  it('has no pages when nothing is found', async () => {
    assert.deepEqual({ ...await posts.getList(1, 30, { filter: '1=2' }) }, { page: 1, perPage: 30, totalItems: 0, totalPages: 0, items: [] });
  });

  const get = query => call(server, 'GET', `/api/collections/posts/records?${query}`);

  it('skips the totals for any spelling of true, and refuses others', async () => {
    for (const value of ['1', 't', 'T', 'true', 'TRUE', 'True']) {
      const { json } = await get(`skipTotal=${value}`);
      assert.deepEqual([json.totalItems, json.totalPages, json.items.length], [-1, -1, 5], value);
    }
    for (const value of ['0', 'f', 'F', 'FALSE', 'false', 'False']) {
      const { json } = await get(`skipTotal=${value}`);
      assert.deepEqual([json.totalItems, json.totalPages], [5, 1], value);
    }
    for (const query of ['skipTotal=maybe', 'skipTotal=2', 'page=x', 'page=1.5', 'perPage=x', 'perPage=1e3', 'page=99999999999999999999']) {
      assert.equal((await get(query)).status, 400, query);
    }
  });

  it('reads the first of a repeated parameter and ignores unknown ones', async () => {
    const { json } = await get('perPage=2&perPage=4&nonsense=1&page=2');
    assert.deepEqual([json.page, json.perPage], [2, 2]);
  });

  it('gives full lists in portions of the perPage that the server echoes', async () => {
    const whole = await posts.getFullList({ sort: '-@rowid', batch: 2 });
    assert.equal(namesInOrder(whole).join(' '), 'p5 p4 p3 p2 p1');
    await pb.collections.create({ name: 'many', type: 'base', fields: [{ name: 'n', type: 'number' }] });
    await pb.settings.update({ batch: { enabled: true, maxRequests: 2000, timeout: 60 } });
    const batch = pb.createBatch();
    for (let n = 0; n < 1100; n++) batch.collection('many').create({ id: id(`x${n}`.padEnd(6, 'y')), n });
    await batch.send();
    const list = await pb.collection('many').getFullList({ sort: 'n' });
    assert.equal(list.length, 1100);
    assert.deepEqual([list[0].n, list[999].n, list[1000].n, list[1099].n], [0, 999, 1000, 1099]);
    assert.equal((await pb.collection('many').getList(1, 2000)).items.length, 1000);
  });
});

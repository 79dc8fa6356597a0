// The filter language (contract 2), asked by a superuser: every case of filter-cases.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, names } from '../support/expect.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';
import { all, cases, errors, none } from './filter-cases.mjs';

describe('filter', () => {
  let server, pb, posts;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    posts = pb.collection('posts');
  });
  after(() => server?.stop());

  const list = filter => posts.getList(1, 30, { filter, color: 'blue', headers: { 'X-Token': 'abc' } });

  for (const [theme, table] of Object.entries(cases)) {
    describe(theme, () => {
      for (const [filter, expected] of table) {
        it(filter, async () => {
          const found = await list(filter);
          assert.equal(names(found).join(' '), expected);
          assert.equal(found.totalItems, found.items.length);
        });
      }
    });
  }

  describe('refusals', () => {
    for (const [theme, table] of Object.entries(errors)) {
      for (const filter of table) {
        it(`${theme}: ${filter.slice(0, 60)}`, () => fails(list(filter), 400, 'Something went wrong while processing your request.', {}));
      }
    }
  });

  it('takes an empty filter as none', async () => {
    assert.equal(names(await list('')).join(' '), all);
  });

  it('takes 200 comparisons and 3500 bytes', async () => {
    assert.equal(names(await list(`${'views=1||'.repeat(199)}views=5`)).join(' '), 'p1');
    const text = 'title = "';
    assert.equal(names(await list(`${text}${'a'.repeat(3500 - text.length - 1)}"`)).join(' '), none);
  });

  it('groups nested deeply give an answer or a 400', async () => {
    const filter = `${'('.repeat(1700)}views=5${')'.repeat(1700)}`;
    try {
      assert.deepEqual(names(await list(filter)), ['p1']);
    } catch (error) {
      assert.equal(error.status, 400);
    }
  });

  it('finds the first by pb.filter() with awkward values', async () => {
    const text = 'O\'Neil "Q"';
    const first = await posts.getFirstListItem(pb.filter('title = {:text} && at >= {:at} && views < {:n} && pinned = {:no}',
      { text, at: new Date('2025-02-01T00:00:00Z'), n: 0, no: false }));
    assert.equal(first.title, text);
    assert.deepEqual(names(await list(pb.filter('note = {:v}', { v: 'C:\\dir' }))), ['p5']);
    await assert.rejects(posts.getFirstListItem('title = "nobody"'), { status: 404 });
  });
});

// What callers other than superusers may filter and sort by (contract 2.4).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, names } from '../support/expect.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

const all = 'p1 p2 p3 p4 p5';

describe('filters of guests and users', () => {
  let server, pb, guest;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    guest = server.guest();
    await pb.collection('users').create({ email: 'ann@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57', emailVisibility: true, name: 'Ann' });
    await pb.collection('users').create({ email: 'ben@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57', emailVisibility: false, name: 'Ben' });
  });
  after(() => server?.stop());

  const found = async (options, client = guest) => names(await client.collection('posts').getList(1, 30, options)).join(' ');
  const setRule = (name, listRule) => pb.collections.update(name, { listRule });

  it('may use plain, relation and back-relation fields', async () => {
    assert.equal(await found({ filter: 'views > 5' }), 'p2 p4');
    assert.equal(await found({ filter: 'tags.name ?= "red"' }), 'p1 p2');
    assert.equal(await found({ filter: 'comments_via_post.hot ?= true' }), 'p1 p2');
  });

  it('may not name hidden fields', async () => {
    await fails(guest.collection('posts').getList(1, 30, { filter: 'secret = "s1"' }), 400, undefined, {});
    await fails(guest.collection('posts').getList(1, 30, { sort: 'secret' }), 400, undefined, {});
    assert.equal(await found({ filter: 'secret = "s1"' }, pb), 'p1');
    assert.equal(await found({ filter: 'comments_via_post.post.title = "beta"' }), 'p2');
    await fails(guest.collection('comments').getList(1, 30, { filter: 'post.secret = "s1"' }), 400, undefined, {});
  });

  it('may not use @collection and @request, even inside a text', async () => {
    for (const option of ['filter', 'sort']) {
      for (const [text, name] of [['@collection.tags.name ?= "red"', '@collection.'], ['@request.method = "GET"', '@request.'], ['title = "@request.auth.id"', '@request.']]) {
        await fails(guest.collection('posts').getList(1, 30, { [option]: text }), 403, `Only superusers can filter by ${name}`, {});
      }
    }
    assert.equal(await found({ filter: 'title = "@request.auth.id"' }, pb), '');
    const user = await server.user('ann@example.com', 'moss-lamp-57');
    await fails(user.collection('posts').getList(1, 30, { filter: '@request.method = "GET"' }), 403, 'Only superusers can filter by @request.');
  });

  it('may not join a collection whose list rule is null', async () => {
    await setRule('tags', null);
    await fails(guest.collection('posts').getList(1, 30, { filter: 'tags.name ?= "red"' }), 400, undefined, {});
    await fails(guest.collection('posts').getList(1, 30, { sort: 'tags.name' }), 400, undefined, {});
    assert.equal(await found({ filter: 'tags.name ?= "red"' }, pb), 'p1 p2');
    await setRule('tags', '');
  });

  it('sees only joined rows that the list rule of their collection lets through', async () => {
    await setRule('comments', 'hot = true');
    assert.equal(await found({ filter: 'comments_via_post.points ?= 5' }), 'p2');
    // A row without any related row passes the extra condition; it holds for the whole query.
    assert.equal(await found({ filter: 'comments_via_post.points ?= 5 || title = "Gamma"' }), 'p2 p3');
    assert.equal(await found({ filter: 'comments_via_post.points ?= 5' }, pb), 'p1 p2');
    await setRule('comments', '');
  });

  it('finds users by email only where the email is visible', async () => {
    await pb.collections.update('users', { listRule: '' });
    const users = guest.collection('users');
    const namesOf = async filter => (await users.getFullList({ filter })).map(user => user.name).sort();
    assert.deepEqual(await namesOf('email ~ "example.com"'), ['Ann']);
    assert.deepEqual(await namesOf('email = "ben@example.com"'), []);
    assert.deepEqual(await namesOf('email = "ben@example.com" || name = "Ben"'), ['Ben']);
    assert.equal((await users.getList(1, 10, { sort: 'email' })).totalItems, 2);
    await fails(users.getList(1, 10, { filter: 'tokenKey != ""' }), 400);
    await fails(users.getList(1, 10, { filter: 'password != ""' }), 400);
  });

  it('gets the same rows for the same plain filter', async () => {
    assert.equal(await found({ filter: 'id != ""' }), all);
  });
});

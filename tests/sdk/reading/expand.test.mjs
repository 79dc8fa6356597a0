// expand: relations, back-relations, rules of the expanded collections (contract 1.13).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { id, namesInOrder } from '../support/expect.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

describe('expand', () => {
  let server, pb, guest;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    guest = server.guest();
  });
  after(() => server?.stop());

  const expanded = async (short, expand, client = pb) => (await client.collection('posts').getOne(id(short), { expand })).expand;
  const withRule = async (name, viewRule, check) => {
    await pb.collections.update(name, { viewRule });
    try { await check(); } finally { await pb.collections.update(name, { viewRule: '' }); }
  };

  it('gives an object for a single relation and an array, in stored order, for a multiple one', async () => {
    const found = await expanded('p4', 'author,tags');
    assert.equal(found.author.name, 'Ann');
    assert.equal(found.author.collectionName, 'people');
    assert.deepEqual(namesInOrder(found.tags), ['t2', 't3']);
    await pb.collection('posts').update(id('p4'), { tags: [id('t3'), id('t2')] });
    assert.deepEqual(namesInOrder((await expanded('p4', 'tags')).tags), ['t3', 't2']);
  });

  it('follows paths, and drops spaces, stray dots and prefixes', async () => {
    const found = await expanded('p5', ' author . boss . boss ,author,.tags.');
    assert.equal(found.author.expand.boss.expand.boss.name, 'Ann');
    assert.deepEqual(namesInOrder(found.tags), ['t3']);
  });

  it('follows back-relations: an array, or an object when the way back is unique', async () => {
    const found = await expanded('p1', 'comments_via_post.author,details_via_post');
    assert.deepEqual(namesInOrder(found.comments_via_post).sort(), ['c1', 'c2']);
    assert.deepEqual(found.comments_via_post.map(comment => comment.expand.author.name).sort(), ['Ann', 'Ben']);
    assert.equal(found.details_via_post.text, 'one');
    const old = await expanded('p1', 'comments(post)');
    assert.equal(Object.values(old)[0].length, 2);
  });

  it('follows a multiple relation backwards', async () => {
    const tag = await pb.collection('tags').getOne(id('t2'), { expand: 'posts_via_tags' });
    assert.deepEqual(namesInOrder(tag.expand.posts_via_tags).sort(), ['p2', 'p4']);
  });

  it('expands lists, created and updated records', async () => {
    const list = await pb.collection('comments').getFullList({ expand: 'post,author', sort: '@rowid' });
    assert.deepEqual(list.map(comment => [comment.expand.post?.title, comment.expand.author?.name]), [['Alpha', 'Ann'], ['Alpha', 'Ben'], ['beta', 'Ben'], ['O\'Neil "Q"', undefined]]);
    const made = await pb.collection('comments').create({ post: id('p3') }, { expand: 'post' });
    assert.equal(made.expand.post.title, 'Gamma');
    assert.equal((await pb.collection('comments').update(made.id, { post: id('p2') }, { expand: 'post' })).expand.post.title, 'beta');
    await pb.collection('comments').delete(made.id);
  });

  it('swallows what it cannot follow', async () => {
    const found = await expanded('p1', 'nope,title,author.nope,comments_via_nope,people_via_boss,author');
    assert.deepEqual(Object.keys(found), ['author']);
    assert.deepEqual(Object.keys(found.author.expand ?? {}), []);
    assert.equal(await expanded('p1', ''), undefined);
    assert.deepEqual(Object.keys((await expanded('p3', 'author,tags')) ?? {}), []);
  });

  it('ignores segments below the sixth level', async () => {
    let at = (await pb.collection('people').create({ id: id('l9'), name: 'L9' })).id;
    for (let level = 8; level >= 1; level--) at = (await pb.collection('people').create({ id: id(`l${level}`), name: `L${level}`, boss: at })).id;
    let record = await pb.collection('people').getOne(at, { expand: 'boss.boss.boss.boss.boss.boss.boss.boss' });
    const seen = [];
    while (record?.expand?.boss) {
      record = record.expand.boss;
      seen.push(record.name);
    }
    assert.deepEqual(seen, ['L2', 'L3', 'L4', 'L5', 'L6', 'L7']);
  });

  it('hides what the view rule of the expanded collection hides', async () => {
    await withRule('people', null, async () => {
      assert.deepEqual(Object.keys((await expanded('p1', 'author,tags', guest))), ['tags']);
      assert.equal((await expanded('p1', 'author')).author.name, 'Ann');
    });
    await withRule('tags', 'weight > 1', async () => {
      assert.deepEqual(namesInOrder((await expanded('p2', 'tags', guest)).tags), ['t2']);
      assert.deepEqual(Object.keys((await expanded('p1', 'tags', guest)) ?? {}), []);
    });
    await withRule('comments', 'hot = true && @request.context = "expand"', async () => {
      assert.deepEqual(namesInOrder((await expanded('p1', 'comments_via_post', guest)).comments_via_post), ['c1']);
    });
  });

  it('keeps hidden fields hidden, and expands a hidden relation by name', async () => {
    const comment = await guest.collection('comments').getOne(id('c1'), { expand: 'post' });
    assert.equal('secret' in comment.expand.post, false);
    assert.equal((await pb.collection('comments').getOne(id('c1'), { expand: 'post' })).expand.post.secret, 's1');
    const { fields } = await pb.collections.getOne('comments');
    await pb.collections.update('comments', { fields: fields.map(field => field.name === 'author' ? { ...field, hidden: true } : field) });
    const hidden = await guest.collection('comments').getOne(id('c1'), { expand: 'author' });
    assert.equal('author' in hidden, false);
    assert.equal(hidden.expand.author.name, 'Ann');
  });

  it('hides the email of an expanded user as everywhere', async () => {
    const password = 'moss-lamp-57';
    const user = await pb.collection('users').create({ email: 'hid@example.com', password, passwordConfirm: password });
    await pb.collections.update('users', { viewRule: '' });
    const made = await pb.collections.create({
      name: 'owned', type: 'base', viewRule: '', listRule: '', fields: [{ name: 'owner', type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1 }],
    });
    const owned = await pb.collection(made.name).create({ owner: user.id });
    const seen = await guest.collection('owned').getOne(owned.id, { expand: 'owner' });
    assert.equal('email' in seen.expand.owner, false);
    assert.equal('tokenKey' in seen.expand.owner, false);
    assert.equal('password' in seen.expand.owner, false);
    assert.equal((await pb.collection('owned').getOne(owned.id, { expand: 'owner' })).expand.owner.email, 'hid@example.com');
  });
});

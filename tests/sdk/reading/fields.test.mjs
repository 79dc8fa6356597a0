// The `fields` picker with excerpt (contract 1.11).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { id, isErrorBody } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

const html = '<h1>Big  title</h1><p>One <b>bold</b> word &amp; more.</p><script>alert(1)</script><style>p{}</style><ul><li>a</li><li>b</li></ul>';

const excerpts = [
  ['excerpt(200)', 'Big title One bold word & more. a b'],
  ['excerpt(9)', 'Big title'],
  ['excerpt(10)', 'Big title'],
  ['excerpt(9,true)', 'Big title...'],
  ['excerpt(9, false)', 'Big title'],
  ['excerpt(200,true)', 'Big title One bold word & more. a b'],
];

describe('fields', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    await pb.collections.create({ name: 'pages', type: 'base', viewRule: '', fields: [{ name: 'body', type: 'editor' }, { name: 'size', type: 'number' }] });
    await pb.collection('pages').create({ id: id('g1'), body: html, size: 12 });
    await pb.collection('pages').create({ id: id('g2'), body: '<p>Ünï 😀😀😀 code</p>', size: 1 });
  });
  after(() => server?.stop());

  const one = (fields, expand) => pb.collection('posts').getOne(id('p1'), { fields, expand }).then(plain);
  const plain = value => JSON.parse(JSON.stringify(value));

  it('keeps the listed keys only', async () => {
    assert.deepEqual(await one('id,title'), { id: id('p1'), title: 'Alpha' });
    assert.deepEqual(await one(' id , title , nope '), { id: id('p1'), title: 'Alpha' });
    assert.deepEqual(await one('nope'), {});
  });

  it('takes a parent with its subtree, and parts of a json value', async () => {
    assert.deepEqual(await one('place'), { place: { lon: 23.32, lat: 42.69 } });
    assert.deepEqual(await one('place.lon,meta.list'), { place: { lon: 23.32 }, meta: { list: [1, 2, { k: 'v' }] } });
  });

  it('descends into arrays of objects and keeps arrays of scalars', async () => {
    assert.deepEqual(await one('tags,expand.tags.name', 'tags'), { tags: [id('t1')], expand: { tags: [{ name: 'red' }] } });
    assert.deepEqual(await one('id,expand.author.name', 'author,tags'), { id: id('p1'), expand: { author: { name: 'Ann' } } });
  });

  it('keeps every other key of a level with *', async () => {
    const whole = await one(undefined, 'author,tags');
    assert.deepEqual(await one('*,expand.author.name', 'author,tags'), { ...whole, expand: { author: { name: 'Ann' } } });
    assert.deepEqual(await one('id,expand.author.*', 'author,tags'), { id: id('p1'), expand: { author: whole.expand.author } });
  });

  it('applies to each item of a paged list, not to its counters', async () => {
    const list = plain(await pb.collection('posts').getList(1, 2, { fields: 'title', sort: '@rowid' }));
    assert.deepEqual(list, { page: 1, perPage: 2, totalItems: 5, totalPages: 3, items: [{ title: 'Alpha' }, { title: 'beta' }] });
  });

  it('applies to whole objects elsewhere: sign-in, settings, collections, health', async () => {
    const { json } = await call(server, 'POST', '/api/collections/_superusers/auth-with-password?fields=token,record.email',
      { body: { identity: 'root@example.com', password: 'correct-horse-9' } });
    assert.deepEqual(Object.keys(json).sort(), ['record', 'token']);
    assert.deepEqual(json.record, { email: 'root@example.com' });
    assert.deepEqual(await pb.settings.getAll({ fields: 'meta.appName' }), { meta: { appName: 'Acme' } });
    assert.deepEqual(plain(await pb.collections.getOne('tags', { fields: 'name,fields.name' })), { name: 'tags', fields: [{ name: 'id' }, { name: 'name' }, { name: 'weight' }] });
    assert.deepEqual(await pb.health.check({ fields: 'code' }), { code: 200 });
  });

  it('applies to created and updated records', async () => {
    assert.deepEqual(plain(await pb.collection('tags').create({ name: 'grey' }, { fields: 'name' })), { name: 'grey' });
    assert.deepEqual(plain(await pb.collection('tags').update(id('t1'), { weight: 1 }, { fields: 'name,weight' })), { name: 'red', weight: 1 });
  });

  for (const [modifier, expected] of excerpts) {
    it(`body:${modifier}`, async () => {
      assert.deepEqual(plain(await pb.collection('pages').getOne(id('g1'), { fields: `size,body:${modifier}` })), { size: 12, body: expected });
    });
  }

  it('cuts by code points and leaves other types alone', async () => {
    assert.deepEqual(plain(await pb.collection('pages').getOne(id('g2'), { fields: 'body:excerpt(6,true),size:excerpt(1)' })), { body: 'Ünï 😀😀...', size: 1 });
  });

  it('says 400 for a modifier it does not know, or answers with an empty body', async () => {
    for (const bad of ['body:nope(1)', 'body:excerpt(0)', 'body:excerpt(x)', 'body:excerpt', 'body:excerpt(1,2,3)']) {
      const { status, json, text } = await call(server, 'GET', `/api/collections/pages/records/${id('g1')}?fields=${encodeURIComponent(bad)}`);
      if (status === 200) assert.equal(text.trim(), '', bad);
      else isErrorBody(json, 400);
    }
  });

  it('is not applied to errors', async () => {
    const { status, json } = await call(server, 'GET', '/api/collections/posts/records/nope?fields=status');
    assert.equal(status, 404);
    isErrorBody(json, 404);
  });
});

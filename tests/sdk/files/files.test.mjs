// Files with the official SDK (contract 1.4, 5.8, 6.8, 8): uploads of every shape, addresses, tokens, batches.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { codesOf, fails } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const file = (name, content, type = 'application/octet-stream') => new File([content], name, { type });

describe('files', () => {
  let server, pb, albums, ann, bob;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({
      name: 'albums', type: 'base', listRule: '', viewRule: 'owner = "" || owner = @request.auth.id', createRule: '', updateRule: '', deleteRule: '',
      fields: [
        { name: 'title', type: 'text' }, { name: 'owner', type: 'text' }, { name: 'meta', type: 'json' },
        { name: 'cover', type: 'file', maxSelect: 1, mimeTypes: ['image/png'] },
        { name: 'photos', type: 'file', maxSelect: 4, maxSize: 20 << 20 },
        { name: 'contract', type: 'file', maxSelect: 1, protected: true },
      ],
    });
    albums = pb.collection('albums');
    for (const name of ['ann', 'bob']) await pb.collection('users').create({ email: `${name}@example.com`, password: 'grey-badger-77', passwordConfirm: 'grey-badger-77' });
    [ann, bob] = [await server.user('ann@example.com', 'grey-badger-77'), await server.user('bob@example.com', 'grey-badger-77')];
  });
  after(() => server?.stop());

  const fetched = async (record, name, query) => Buffer.from(await (await fetch(pb.files.getURL(record, name, query))).arrayBuffer());

  it('travel as File, Blob and FormData, with other values beside them', async () => {
    const made = await albums.create({ title: '007', meta: { a: [1, null] }, cover: file('My Cover.png', png), photos: [file('a.txt', 'one'), new Blob(['two'])] });
    assert.match(made.cover, /^my_cover_[a-z0-9]{10}\.png$/);
    assert.deepEqual([made.title, made.meta], ['007', { a: [1, null] }]);
    assert.equal(made.photos.length, 2);
    assert.deepEqual(await fetched(made, made.cover), png);
    assert.equal((await fetched(made, made.photos[1])).toString(), 'two');
    const form = new FormData();
    form.append('title', 'form');
    form.append('photos', file('x.txt', 'x'));
    form.append('@jsonPayload', JSON.stringify({ meta: 5 }));
    const second = await albums.create(form);
    assert.deepEqual([second.title, second.meta, second.photos.length], ['form', 5, 1]);
  });

  it('are added, taken away, kept and replaced', async () => {
    const made = await albums.create({ photos: [file('a.txt', 'a')] });
    const more = await albums.update(made.id, { 'photos+': [file('b.txt', 'b'), file('c.txt', 'c')] });
    assert.deepEqual([more.photos.length, more.photos[0]], [3, made.photos[0]]);
    const front = await albums.update(made.id, { '+photos': file('z.txt', 'z') });
    assert.match(front.photos[0], /^z/);
    const less = await albums.update(made.id, { 'photos-': [front.photos[1], front.photos[2]] });
    assert.deepEqual(less.photos, [front.photos[0], front.photos[3]]);
    const kept = await albums.update(made.id, { photos: [less.photos[1], file('new.txt', 'n')] });
    assert.equal(kept.photos[0], less.photos[1]);
    assert.match(kept.photos[1], /^new_/);
    assert.equal((await fetch(pb.files.getURL(less, less.photos[0]))).status, 404);
    assert.deepEqual((await albums.update(made.id, { photos: [] })).photos, []);
    assert.equal((await albums.update(made.id, { cover: file('c.png', png) })).cover.length > 0, true);
    assert.equal((await albums.update(made.id, { cover: null })).cover, '');
  });

  it('are checked by their content', async () => {
    const lie = await fails(albums.create({ cover: file('a.png', '<html><script>1</script></html>', 'image/png') }), 400);
    assert.deepEqual(codesOf(lie).data, { cover: 'validation_invalid_mime_type' });
    const many = await fails(albums.create({ photos: Array.from({ length: 5 }, (_, i) => file(`${i}`, 'x')) }), 400);
    assert.deepEqual(codesOf(many).data, { photos: 'validation_too_many_files' });
    const large = await fails(albums.create({ contract: file('c.pdf', Buffer.alloc((5 << 20) + 1)) }), 400);
    assert.deepEqual(codesOf(large).data, { contract: 'validation_file_size_limit' });
    assert.deepEqual(codesOf(await fails(albums.create({ photos: ['other.txt'] }), 400)).data, { photos: 'validation_invalid_file' });
  });

  it('of some size come back as they were, with their hash as ETag, whole and in parts', async () => {
    const content = randomBytes(12 << 20);
    const made = await albums.create({ photos: [file('big.bin', content)] });
    const url = pb.files.getURL(made, made.photos[0]);
    const answer = await fetch(url);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(content));
    assert.equal(answer.headers.get('etag'), `"${createHash('sha256').update(content).digest('hex')}"`);
    const part = await fetch(url, { headers: { Range: 'bytes=1000000-1000999', 'If-Range': answer.headers.get('etag') } });
    assert.equal(part.status, 206);
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(content.subarray(1_000_000, 1_001_000)));
    assert.equal((await fetch(url, { headers: { 'If-None-Match': answer.headers.get('etag') } })).status, 304);
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(content.length)]);
    assert.match((await fetch(`${url}?download=1`)).headers.get('content-disposition'), /^attachment; filename="big_/);
  });

  it('are protected by the view rule and a token in the address', async () => {
    const made = await albums.create({ owner: ann.authStore.record.id, contract: file('c.txt', 'signed') });
    const get = async token => (await fetch(pb.files.getURL(made, made.contract, token ? { token } : {}))).status;
    assert.equal(await get(), 404);
    assert.equal(await get(ann.authStore.token), 404);
    assert.equal(await get(await bob.files.getToken()), 404);
    assert.equal(await get(await ann.files.getToken()), 200);
    assert.equal(await get(await pb.files.getToken()), 200);
    await fails(server.guest().files.getToken(), 401);
    const open = await albums.create({ contract: file('c.txt', 'open') });
    assert.equal((await fetch(pb.files.getURL(open, open.contract))).status, 200);
    // No token in the log.
    const logs = await pb.logs.getList(1, 200, { filter: `data.url ~ "${made.id}"` });
    for (const log of logs.items) assert.doesNotMatch(JSON.stringify(log), /token=ey/);
  });

  it('travel in batches, and are there or not as the batch is', async () => {
    await pb.settings.update({ batch: { enabled: true, maxRequests: 10, timeout: 3, maxBodySize: 0 } });
    const batch = pb.createBatch();
    batch.collection('albums').create({ title: 'one', photos: [file('a.txt', 'a'), file('b.txt', 'b')] });
    batch.collection('albums').upsert({ id: 'upsertupsert001', photos: file('c.txt', 'c') });
    const results = await batch.send();
    assert.equal(results[0].body.photos.length, 2);
    assert.equal((await fetched(results[1].body, results[1].body.photos[0])).toString(), 'c');
    const failing = pb.createBatch();
    failing.collection('albums').update('upsertupsert001', { 'photos+': file('d.txt', 'd') });
    failing.collection('albums').update('no-such-record1', { title: 'x' });
    await fails(failing.send(), 400);
    assert.equal((await albums.getOne('upsertupsert001')).photos.length, 1);
  });

  it('go with their record', async () => {
    const made = await albums.create({ photos: [file('a.txt', 'a')] });
    const url = pb.files.getURL(made, made.photos[0]);
    assert.equal((await fetch(url)).status, 200);
    await albums.delete(made.id);
    assert.equal((await fetch(url)).status, 404);
  });

  it('that are cut off on their way leave nothing and are told as such', async () => {
    const boundary = 'x'.repeat(20);
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="photos"; filename="a.txt"\r\n\r\nhalf a fi`;
    const answer = await fetch(`${server.url}/api/collections/albums/records`, { method: 'POST', headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, body });
    assert.equal(answer.status, 400);
    assert.equal((await answer.json()).status, 400);
  });
});

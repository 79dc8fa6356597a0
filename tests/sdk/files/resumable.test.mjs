// Resumable uploads with the tus project's own client: whole, broken off, across a SIGKILL, by others, of the wrong kind.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as tus from 'tus-js-client';
import { newFolder, removeFolder, startServer } from '../support/server.mjs';

const secret = 'grey-badger-77';

describe('resumable uploads', () => {
  let dir, server, pb, ann, bob, record;
  before(async () => {
    dir = await newFolder();
    await start(true);
    await pb.collections.create({
      name: 'films', type: 'base', listRule: '', viewRule: '', updateRule: 'owner = @request.auth.id',
      fields: [{ name: 'owner', type: 'text' }, { name: 'reels', type: 'file', maxSelect: 3, maxSize: 200 << 20 }, { name: 'poster', type: 'file', mimeTypes: ['image/png'] }],
    });
    for (const name of ['ann', 'bob']) await pb.collection('users').create({ email: `${name}@example.com`, password: secret, passwordConfirm: secret });
    [ann, bob] = [await server.user('ann@example.com', secret), await server.user('bob@example.com', secret)];
    record = await pb.collection('films').create({ owner: ann.authStore.record.id });
  });
  after(async () => {
    await server?.stop();
    await removeFolder(dir);
  });

  async function start(setUp = false) {
    server = await startServer({ dir, setUp });
    pb = await server.superuser();
    await pb.settings.update({ rateLimits: { enabled: false, rules: [{ label: '*:create', audience: '', duration: 5, maxRequests: 20 }] } });
  }

  const endpoint = () => `${server.url}/api/files/uploads`;
  const metadata = (more = {}) => ({ filename: 'The Film.bin', collection: 'films', record: record.id, field: 'reels+', ...more });

  /** Uploads to the end; gives the client's own object. */
  function send(content, options = {}) {
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(content, {
        endpoint: endpoint(), metadata: metadata(), headers: { Authorization: ann.authStore.token }, chunkSize: Infinity, retryDelays: [100, 300, 1000],
        onError: reject, onSuccess: () => resolve(upload), ...options,
      });
      upload.start();
    });
  }

  async function reels() {
    const names = (await pb.collection('films').getOne(record.id)).reels;
    return Promise.all(names.map(async name => Buffer.from(await (await fetch(pb.files.getURL(record, name))).arrayBuffer())));
  }

  const clear = () => pb.collection('films').update(record.id, { reels: [] });
  const raw = (method, url, headers = {}, body = undefined) => fetch(url, { method, headers: { 'Tus-Resumable': '1.0.0', ...headers }, body });
  const pairs = values => Object.entries(values).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',');

  it('become a file of the record, in one piece and in many', async () => {
    const [whole, pieces] = [randomBytes(3_000_000), randomBytes(2_500_000)];
    await send(whole);
    await send(pieces, { chunkSize: 400_000 });
    const stored = await reels();
    assert.equal(stored.length, 2);
    assert.ok(stored[0].equals(whole) && stored[1].equals(pieces));
    const changed = await pb.collection('films').getOne(record.id);
    assert.match(changed.reels[0], /^the_film_[a-z0-9]{10}\.bin$/);
    await clear();
    await send(Buffer.alloc(0));
    assert.deepEqual((await reels()).map(bytes => bytes.length), [0]);
    await clear();
  });

  it('go on where the connection broke', async () => {
    const content = randomBytes(4_000_000);
    const made = await raw('POST', endpoint(), { Authorization: ann.authStore.token, 'Upload-Length': String(content.length), 'Upload-Metadata': pairs(metadata()) });
    assert.equal(made.status, 201);
    const uploadUrl = new URL(made.headers.get('location'), server.url).href;
    // Half of it, and then the connection is gone without a word.
    await new Promise(resolve => {
      const socket = connect(server.port, '127.0.0.1', async () => {
        socket.write(`PATCH ${new URL(uploadUrl).pathname} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nAuthorization: ${ann.authStore.token}\r\n`
          + `Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${content.length}\r\n\r\n`);
        socket.write(content.subarray(0, 2_000_000));
        await sleep(500);
        socket.destroy();
        resolve();
      });
    });
    let offset = 0;
    for (let i = 0; i < 1200 && offset === 0; i++) {
      await sleep(50);
      offset = Number((await raw('HEAD', uploadUrl, { Authorization: ann.authStore.token })).headers.get('upload-offset'));
    }
    assert.ok(offset > 0 && offset <= 2_000_000, `${offset} bytes were kept`);
    let from = -1;
    await send(content, { uploadUrl, onBeforeRequest: request => { if (request.getMethod() === 'PATCH') from = Number(request.getHeader('Upload-Offset')); } });
    assert.equal(from, offset);
    assert.ok((await reels())[0].equals(content));
    await clear();
  });

  it('go on after a SIGKILL of the server', async () => {
    const content = randomBytes(6_000_000);
    let url;
    const upload = new tus.Upload(content, { endpoint: endpoint(), metadata: metadata(), headers: { Authorization: ann.authStore.token }, chunkSize: 500_000, retryDelays: null, onError: () => {} });
    await new Promise(resolve => {
      upload.options.onChunkComplete = (_, sent) => {
        url = upload.url;
        if (sent >= 2_000_000) resolve();
      };
      upload.start();
    });
    await server.kill();
    await upload.abort();
    await start();
    const path = new URL(url).pathname;
    assert.ok(Number((await raw('HEAD', server.url + path, { Authorization: ann.authStore.token })).headers.get('upload-offset')) >= 2_000_000);
    await send(content, { uploadUrl: server.url + path });
    assert.ok((await reels())[0].equals(content));
    // Who missed the answer is told that it is done, and with what name.
    const again = await raw('HEAD', server.url + path, { Authorization: ann.authStore.token });
    assert.deepEqual([again.status, again.headers.get('upload-offset')], [200, String(content.length)]);
    assert.deepEqual([again.headers.get('hearth-file')], (await pb.collection('films').getOne(record.id)).reels);
    await clear();
  });

  it('are the business of who began them, and of who may change the record', async () => {
    const headers = { 'Upload-Length': '5', 'Upload-Metadata': pairs(metadata()) };
    assert.equal((await raw('POST', endpoint(), { ...headers, Authorization: bob.authStore.token })).status, 404);
    assert.equal((await raw('POST', endpoint(), headers)).status, 404);
    const made = await raw('POST', endpoint(), { ...headers, Authorization: ann.authStore.token });
    const url = server.url + made.headers.get('location');
    for (const [method, more] of [['HEAD'], ['DELETE'], ['PATCH', { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }]]) {
      assert.equal((await raw(method, url, { ...more, Authorization: bob.authStore.token })).status, 404, method);
    }
    assert.equal((await raw('DELETE', url, { Authorization: ann.authStore.token })).status, 204);
    assert.equal((await raw('HEAD', url, { Authorization: ann.authStore.token })).status, 404);
  });

  it('refuse what makes no sense, in words', async () => {
    const own = { Authorization: ann.authStore.token };
    const begin = (more, values = metadata()) => raw('POST', endpoint(), { ...own, 'Upload-Length': '5', 'Upload-Metadata': pairs(values), ...more });
    assert.equal((await begin({ 'Tus-Resumable': '0.2' })).status, 412);
    assert.equal((await begin({ 'Upload-Length': '-1' })).status, 400);
    assert.equal((await begin({ 'Upload-Length': '99999999999999999999' })).status, 400);
    assert.equal((await begin({ 'Upload-Length': String(201 << 20) })).status, 413);
    assert.equal((await begin({ 'Upload-Metadata': 'a !!!' })).status, 400);
    assert.equal((await begin({}, metadata({ field: 'owner' }))).status, 400);
    assert.equal((await begin({}, metadata({ field: 'reels-' }))).status, 400);
    assert.equal((await begin({}, metadata({ record: '../../x' }))).status, 404);
    assert.equal((await begin({}, metadata({ collection: 'nope' }))).status, 404);
    const url = server.url + (await begin({})).headers.get('location');
    const patch = (more, body) => raw('PATCH', url, { ...own, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0', ...more }, body);
    assert.equal((await patch({ 'Content-Type': 'text/plain' }, 'abc')).status, 415);
    assert.equal((await patch({ 'Upload-Offset': '3' }, 'abc')).status, 409);
    assert.equal((await patch({}, 'too long')).status, 413);
    const both = await Promise.all([patch({}, 'abc'), patch({}, 'xyz')]);
    assert.deepEqual(both.map(answer => answer.status).sort(), [204, 409]);
    assert.equal((await patch({ 'Upload-Offset': '3' }, 'de')).status, 204);
    assert.match((await reels())[0].toString(), /^(abc|xyz)de$/);
    await clear();
    const lie = await send(Buffer.from('<html>'), { metadata: metadata({ field: 'poster', filename: 'a.png' }) }).catch(error => error);
    assert.equal(lie.originalResponse.getStatus(), 400);
    assert.match(lie.originalResponse.getBody(), /validation_invalid_mime_type/);
  });

  it('leave no pieces', async () => {
    const left = await readdir(join(dir, 'storage', '-uploads'), { recursive: true, withFileTypes: true }).catch(() => []);
    assert.deepEqual(left.filter(entry => entry.isFile()).map(entry => entry.name), []);
  });
});

// Files in an object store, with a real one: the settings, and what a superuser is told about them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startS3 } from '../support/s3.mjs';
import { startServer } from '../support/server.mjs';

describe('object store', () => {
  let server, pb, s3;

  before(async () => {
    s3 = await startS3();
    server = await startServer();
    pb = await server.superuser();
  });

  after(async () => {
    await server?.stop();
    await s3?.stop();
  });

  const told = work => work.then(() => 'nothing', error => `${error.status} ${error.response.message}`);

  it('is tried through the settings; nothing is left in it', async () => {
    assert.match(await told(pb.settings.testS3('storage')), /^400 Failed to test the S3 filesystem\. Raw error: S3 storage is not enabled\.$/);
    await pb.settings.update({ s3: s3.settings('files'), backups: { s3: s3.settings('backups') } });
    assert.equal(await pb.settings.testS3('storage'), true);
    assert.equal(await pb.settings.testS3('backups'), true);
    assert.deepEqual([await s3.keys('files'), await s3.keys('backups')], [[], []]);
  });

  it('says what is wrong with it, in the words of the store', async () => {
    await pb.settings.update({ s3: s3.settings('nowhere') });
    assert.match(await told(pb.settings.testS3('storage')), /^400 Failed to test the S3 filesystem\. Raw error: .*NoSuchBucket/);
    await pb.settings.update({ s3: s3.settings('files', { accessKey: 'somebody' }) });
    assert.match(await told(pb.settings.testS3('storage')), /^400 .*InvalidAccessKeyId/);
    await pb.settings.update({ s3: s3.settings('files', { endpoint: 'http://127.0.0.1:1' }) });
    assert.match(await told(pb.settings.testS3('storage')), /^400 .*cannot be reached/);
    await pb.settings.update({ s3: s3.settings('files') });
    assert.equal(await pb.settings.testS3('storage'), true);
  });

  it('is asked for by its name and by superusers only', async () => {
    const wrong = await pb.settings.testS3('elsewhere').catch(error => error);
    assert.equal(wrong.response.data.filesystem.code, 'validation_in_invalid');
    const none = await pb.settings.testS3('').catch(error => error);
    assert.equal(none.response.data.filesystem.code, 'validation_required');
    assert.match(await told(server.guest().settings.testS3('storage')), /^401 /);
  });

  it('is required whole when it is on, and its secret is never shown', async () => {
    const incomplete = await pb.settings.update({ s3: { enabled: true, bucket: '', region: '', endpoint: '', accessKey: '', secret: '' } }).catch(error => error);
    assert.deepEqual(Object.keys(incomplete.response.data.s3).sort(), ['accessKey', 'bucket', 'endpoint', 'region', 'secret']);
    const settings = await pb.settings.update({ s3: { ...s3.settings('files'), secret: undefined } });
    assert.deepEqual(Object.keys(settings.s3), ['enabled', 'bucket', 'region', 'endpoint', 'accessKey', 'forcePathStyle']);
    assert.equal(await pb.settings.testS3('storage'), true, 'the secret stays when it is not sent');
    assert.doesNotMatch(JSON.stringify(await pb.settings.getAll()), /"secret"/);
  });

  describe('with records', () => {
    const text = (name, content) => new File([content], name, { type: 'text/plain' });
    const read = async (record, name) => {
      const answer = await fetch(pb.files.getURL(record, name));
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    };
    const until = async (what, check) => {
      for (let tries = 0; !(await check()); tries++) {
        assert.ok(tries < 1200, `it never came to be that ${what}`);
        await sleep(50);
      }
    };

    before(async () => {
      await pb.settings.update({ s3: s3.settings('files') });
      await pb.collections.create({ name: 'papers', type: 'base', viewRule: '', fields: [{ name: 'doc', type: 'file', maxSelect: 5, maxSize: 64 << 20 }] });
    });

    it('keeps uploads under the keys of the contract, with type and name, and gives them back whole and in parts', async () => {
      const record = await pb.collection('papers').create({ doc: [text('Grüße an Ann.txt', 'hello world')] });
      const [name] = record.doc;
      const key = `${record.collectionId}/${record.id}/${name}`;
      assert.deepEqual(await s3.keys('files'), [key]);
      const stored = await s3.get('files', key);
      assert.equal(stored.bytes.toString(), 'hello world');
      assert.match(stored.type, /^text\/plain/);
      assert.equal(decodeURIComponent(stored.metadata['original-filename']), 'Grüße an Ann.txt');
      const whole = await read(record, name);
      assert.deepEqual([whole.status, whole.text], [200, 'hello world']);
      const part = await fetch(pb.files.getURL(record, name), { headers: { Range: 'bytes=6-8' } });
      assert.deepEqual([part.status, await part.text(), part.headers.get('content-range')], [206, 'wor', 'bytes 6-8/11']);
      await pb.collection('papers').delete(record.id);
      await until('the object is gone', async () => (await s3.keys('files')).length === 0);
    });

    it('serves what was put there by somebody else', async () => {
      const record = await pb.collection('papers').create({ doc: [text('a.txt', 'mine')] });
      const [name] = record.doc;
      await s3.put('files', `${record.collectionId}/${record.id}/${name}`, 'copied here', 'text/plain', { 'original-filename': 'a.txt' });
      assert.equal((await read(record, name)).text, 'copied here');
      await pb.collection('papers').delete(record.id);
      await until('the object is gone', async () => (await s3.keys('files')).length === 0);
    });

    it('takes large ones in parts', async () => {
      const bytes = Buffer.alloc(20 << 20, 'Hearth. ');
      const record = await pb.collection('papers').create({ doc: [new File([bytes], 'large.bin')] });
      const head = await s3.head('files', `${record.collectionId}/${record.id}/${record.doc[0]}`);
      assert.equal(head.ContentLength, bytes.length);
      const answer = await fetch(pb.files.getURL(record, record.doc[0]));
      assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes));
      await pb.collection('papers').delete(record.id);
      await until('the object is gone', async () => (await s3.keys('files')).length === 0);
    });

    it('says that it is away, loses nothing, and goes on when it is back', async () => {
      const record = await pb.collection('papers').create({ doc: [text('kept.txt', 'kept')] });
      await s3.pause();
      const away = await read(record, record.doc[0]);
      assert.deepEqual([away.status, away.headers.get('retry-after')], [503, '10']);
      const refused = await pb.collection('papers').create({ doc: [text('new.txt', 'new')] }).catch(error => error);
      assert.equal(refused.status, 503);
      assert.equal((await pb.collection('papers').getList(1, 10)).totalItems, 1, 'no record without its file');
      await pb.collection('papers').update(record.id, { doc: [] });
      await s3.resume();
      assert.equal((await read(record, record.doc[0])).status, 404);
      const again = await pb.collection('papers').create({ doc: [text('new.txt', 'new')] });
      assert.equal((await read(again, again.doc[0])).text, 'new');
    });
  });
});

// Files in an object store, with a real one: the settings, and what a superuser is told about them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
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
});

// pb.backups (contract 10.7), and hearth backup and restore.
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { after, before, describe, it } from 'node:test';
import { fails } from '../support/expect.mjs';
import { cli, email, ends, newFolder, password, removeFolder, startServer } from '../support/server.mjs';

describe('pb.backups', () => {
  let server, pb, place;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    place = await mkdtemp(join(tmpdir(), 'hearth-backup-'));
    await pb.collections.create({ name: 'notes', type: 'base', listRule: '', fields: [{ name: 'text', type: 'text' }] });
    for (let i = 0; i < 10; i++) await pb.collection('notes').create({ text: `note ${i}` });
  });
  after(async () => {
    await server?.stop();
    await rm(place, { recursive: true, force: true });
  });

  it('create and getFullList', async () => {
    assert.equal(await pb.backups.create('first.zip'), true);
    assert.equal(await pb.backups.create(''), true);
    const backups = await pb.backups.getFullList();
    assert.equal(backups.length, 2);
    for (const backup of backups) {
      assert.deepEqual(Object.keys(backup).sort(), ['key', 'modified', 'size']);
      assert.match(backup.modified, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.ok(backup.size > 1000);
    }
    assert.ok(backups.some(backup => /^pb_backup_acme_\d{14}\.zip$/.test(backup.key)));
    await fails(() => pb.backups.create('first.zip'), 400, undefined, { name: 'validation_backup_name_exists' });
    await fails(() => pb.backups.create('First.zip'), 400, undefined, { name: 'validation_match_invalid' });
    await fails(() => server.guest().backups.getFullList(), 401);
  });

  it('getDownloadURL gives the archive to who has a file token', async () => {
    const token = await pb.files.getToken().catch(() => null);
    if (!token) return; // tokens for files come with the files
    const answer = await fetch(pb.backups.getDownloadURL(token, 'first.zip'));
    assert.equal(answer.status, 200);
    await finished(Readable.fromWeb(answer.body).pipe(createWriteStream(join(place, 'first.zip'))));
    assert.equal((await readFile(join(place, 'first.zip'))).subarray(0, 2).toString(), 'PK');
    assert.equal((await fetch(pb.backups.getDownloadURL('nothing', 'first.zip'))).status, 403);
  });

  it('restore brings everything back while the server goes on', async () => {
    await pb.collection('notes').create({ text: 'later' });
    await pb.collections.create({ name: 'more', type: 'base' });
    assert.equal(await pb.backups.restore('first.zip'), true);
    assert.equal((await pb.collection('notes').getFullList()).length, 10);
    await fails(() => pb.collections.getOne('more'), 404);
    await pb.collection('notes').create({ text: 'new' });
    await fails(() => pb.backups.restore('missing.zip'), 400);
  });

  it('upload and delete', async () => {
    const bytes = await readFile(join(server.dir, 'backups', 'first.zip'));
    assert.equal(await pb.backups.upload({ file: new File([bytes], 'second.zip') }), true);
    assert.ok((await pb.backups.getFullList()).some(backup => backup.key === 'second.zip' && backup.size === bytes.length));
    await fails(() => pb.backups.upload({ file: new File(['text'], 'third.zip') }), 400, undefined, { file: 'validation_invalid_mime_type' });
    assert.equal(await pb.backups.delete('second.zip'), true);
    await fails(() => pb.backups.delete('second.zip'), 400);
  });

  it('a backup of one server starts another from the command line', async () => {
    const folder = await newFolder();
    try {
      const said = await cli('restore', join(server.dir, 'backups', 'first.zip'), '--dir', folder);
      assert.match(said, /^Restored [\d,.]+ records in \d+ collections\.$/m);
      const key = (await cli('backup', '--dir', folder)).trim();
      assert.match(key, /^pb_backup_acme_\d{14}\.zip$/);
      const wrong = await ends(['restore', 'nothing.zip', '--dir', folder]);
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /Missing or invalid backup file/);
      const other = await startServer({ dir: folder });
      try {
        const there = other.guest();
        await there.collection('_superusers').authWithPassword(email, password);
        assert.equal((await there.collection('notes').getFullList()).length, 10);
      } finally {
        await other.stop();
      }
    } finally {
      await removeFolder(folder);
    }
  });

  it('automatic backups run as a job, and only the newest are kept', async () => {
    await pb.settings.update({ backups: { cron: '0 0 1 1 *', cronMaxKeep: 2 } });
    assert.deepEqual((await pb.crons.getFullList()).filter(job => job.id === '__pbAutoBackup__'), [{ id: '__pbAutoBackup__', expression: '0 0 1 1 *' }]);
    const own = async () => (await pb.backups.getFullList()).map(backup => backup.key).filter(key => key.startsWith('@auto_pb_backup_'));
    for (let i = 0; i < 3; i++) {
      const had = await own();
      await pb.crons.run('__pbAutoBackup__');
      // The new one is there, and then the oldest goes.
      const isDone = keys => keys.some(key => !had.includes(key)) && keys.length <= 2;
      for (let tries = 0; tries < 1200 && !isDone(await own()); tries++) await new Promise(resolve => setTimeout(resolve, 50));
      await new Promise(resolve => setTimeout(resolve, 1005 - (Date.now() % 1000))); // names differ by seconds
    }
    assert.equal((await own()).length, 2);
    await pb.settings.update({ backups: { cron: '' } });
    assert.ok(!(await pb.crons.getFullList()).some(job => job.id === '__pbAutoBackup__'));
  });
});

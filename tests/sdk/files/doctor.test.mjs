// `hearth doctor` as an operator meets it: what it prints, how it ends, and the same from a running server.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engine } from '../support/engine.mjs';
import { ends, newFolder, removeFolder, startServer } from '../support/server.mjs';

describe('hearth doctor', () => {
  let folder, server, pb;

  before(async () => {
    folder = await newFolder();
    server = await startServer({ dir: folder, setUp: true });
    pb = await server.superuser();
    const smtp = { enabled: true, host: 'mail.atlas.example' };
    await pb.settings.update({ meta: { appURL: 'https://atlas.example', senderAddress: 'hello@atlas.example' }, smtp, rateLimits: { enabled: true }, backups: { cron: '@daily' } });
  });

  after(async () => {
    await server?.stop();
    await removeFolder(folder);
  });

  it('is answered by a running server, also about files that were compared a moment ago', async () => {
    const { findings } = await pb.send('/api/doctor', {});
    assert.ok(findings.some(finding => finding.text.startsWith(engine === 'postgres' ? 'PostgreSQL' : 'SQLite')));
    assert.ok(findings.some(finding => finding.text.startsWith('Files and records have not been compared yet')));
    await pb.crons.run('__hearthFilesReconcile__');
    for (let tries = 0; ; tries++) {
      const again = await pb.send('/api/doctor', {});
      if (again.findings.some(finding => finding.gravity === 'good' && finding.text.startsWith('Files and records agree'))) break;
      assert.ok(tries < 600, JSON.stringify(again, null, 1));
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  it('says where to ask while the server has the folder', { skip: engine === 'postgres' && 'many processes can use one PostgreSQL' }, async () => {
    const told = await ends(['doctor', '--dir', folder]);
    assert.equal(told.code, 1);
    assert.match(told.stderr, /GET \/api\/doctor/);
  });

  it('tells it on the command line, for people and for programs', async () => {
    await server.stop();
    const people = await ends(['doctor', '--dir', folder, '--files']);
    assert.equal(people.code, 0, people.stdout + people.stderr);
    assert.match(people.stdout, /✓ Files: .*storage\. It takes, gives and removes\./);
    assert.match(people.stdout, /! Secrets stand readable/);
    assert.match(people.stdout, /Warnings: \d+\.\n$/);
    const { findings } = JSON.parse((await ends(['doctor', '--dir', folder, '--json'])).stdout);
    assert.deepEqual([...new Set(findings.map(finding => finding.area))], ['program', 'database', 'files', 'settings', 'rules']);
  });

  it('ends with 1 when something does not work, and makes nothing where nothing is', async () => {
    const s3 = { enabled: true, bucket: 'b', region: 'r', endpoint: 'http://127.0.0.1:1', accessKey: 'k', secret: 's', forcePathStyle: true };
    server = await startServer({ dir: folder });
    await (await server.superuser()).settings.update({ s3 });
    await server.stop();
    const told = await ends(['doctor', '--dir', folder]);
    assert.equal(told.code, 1);
    assert.match(told.stdout, /✗ Files cannot be stored: The bucket b at http:\/\/127\.0\.0\.1:1 cannot be reached/);
    if (engine === 'postgres') return;
    const nowhere = await ends(['doctor', '--dir', `${folder}/nowhere`]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /There is no folder/);
  });
});

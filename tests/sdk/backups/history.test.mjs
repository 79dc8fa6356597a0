// `hearth restore --at`: every moment comes back, also when the server was killed again and again while it was written to.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { on } from '../support/engine.mjs';
import { cli, email, ends, newFolder, password, removeFolder, startServer } from '../support/server.mjs';

const resolution = 2500; // what was written is in the history a second later; a busy machine takes longer

describe('history', () => {
  let folder, server;
  before(async () => {
    folder = await newFolder();
  });
  after(async () => {
    await server?.kill();
    await removeFolder(folder);
  });

  async function open(setUp = false) {
    server = await startServer({ dir: folder, setUp });
    const pb = server.guest();
    await pb.collection('_superusers').authWithPassword(email, password);
    return pb;
  }

  const name = 'restores what was there at a moment, after kills';
  it(name, on(name), async () => {
    let pb = await open(true);
    await pb.settings.update({ backups: { historyDays: 3 }, rateLimits: { enabled: false } });
    await pb.collections.create({ name: 'notes', type: 'base', fields: [{ name: 'number', type: 'number' }] });
    for (let tries = 0; !(await pb.backups.getFullList()).some(backup => backup.key.startsWith('@history_')); tries++) {
      assert.ok(tries < 300, 'no backup to begin with');
      await sleep(100);
    }
    const written = [];
    let stop = false;
    for (let round = 0; round < 4; round++) {
      stop = false;
      const writing = (async () => {
        while (!stop) {
          const begun = Date.now();
          const note = await pb.collection('notes').create({ number: written.length }).catch(() => null);
          if (!note) return;
          written.push({ id: note.id, begun, done: Date.now() });
          await sleep(10);
        }
      })();
      await sleep(2500 + Math.random() * 1500);
      await server.kill();
      stop = true;
      await writing;
      pb = await open();
    }
    await sleep(1500);
    await server.stop();

    const from = written[0].done + resolution;
    const to = written[written.length - 1].begun;
    const moments = [to - resolution, from + Math.random() * (to - from), from + Math.random() * (to - from), to];
    for (const moment of moments) {
      const time = new Date(moment).toISOString().replace('T', ' ');
      assert.match(await cli('restore', '--at', time, '--dir', folder), /^Restored /m);
      const exported = await cli('export', '--collection', 'notes', '--format', 'ndjson', '--dir', folder);
      const there = new Set(exported.trim().split('\n').filter(Boolean).map(line => JSON.parse(line).id));
      for (const { id, begun, done } of written) {
        if (done < moment - resolution) assert.ok(there.has(id), `${id}, written ${moment - done} ms before ${time}, is missing`);
        if (begun > moment) assert.ok(!there.has(id), `${id}, written ${begun - moment} ms after ${time}, is there`);
      }
    }
    const late = await ends(['restore', '--at', '2001-01-01 00:00:00', '--dir', folder]);
    assert.equal(late.code, 1);
    assert.match(late.stderr, /The history begins/);
    assert.equal((await ends(['restore', '--at', 'yesterday', '--dir', folder])).code, 2);
    assert.equal((await ends(['restore', '--dir', folder])).code, 2);
  });
});

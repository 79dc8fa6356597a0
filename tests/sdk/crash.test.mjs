// A crash loses no acknowledged write: the server is killed (SIGKILL) under load, twenty times over the same folder; less often where the log that must not
// lose it is PostgreSQL's own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { engine, on } from './support/engine.mjs';
import { newFolder, removeFolder, startServer } from './support/server.mjs';

const kills = engine === 'postgres' ? 8 : 20;
const clients = 4;

/** What SQLite itself says of a file that nobody has open. */
async function integrity(file) {
  const run = promisify(execFile);
  try {
    return (await run('sqlite3', [file, 'PRAGMA integrity_check'])).stdout.trim();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    const script = 'import sqlite3, sys; print(*(row[0] for row in sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check")))';
    return (await run('python3', ['-c', script, file])).stdout.trim();
  }
}

describe('SIGKILL under write load', () => {
  let dir, server;
  const acknowledged = new Map();
  before(async () => {
    dir = await newFolder();
    server = await startServer({ dir, setUp: true });
    const pb = await server.superuser();
    await pb.collections.create({ name: 'events', type: 'base', listRule: '', createRule: '', updateRule: '', fields: [{ name: 'text', type: 'text' }, { name: 'n', type: 'number' }] });
  });
  after(async () => {
    await server?.stop();
    await removeFolder(dir);
  });

  /** Creates (and sometimes changes) records until the server is gone; remembers only what was answered. */
  async function load(events, state) {
    for (let n = 0; !state.over; n++) {
      const text = `${Math.random()} ${'x'.repeat((n * 37) % 700)}`;
      try {
        const made = await events.create({ text, n });
        acknowledged.set(made.id, text);
        if (n % 4 === 3) {
          // Until the change is answered, either text may be the stored one.
          acknowledged.set(made.id, [text, `changed ${text}`]);
          await events.update(made.id, { text: `changed ${text}` });
          acknowledged.set(made.id, `changed ${text}`);
        }
      } catch (error) {
        // With the whole answer: what is wrong with which field is deeper than a report shows.
        if (!state.over) throw new Error(`${error.status} ${JSON.stringify(error.response)}`, { cause: error });
      }
    }
  }

  for (let round = 1; round <= kills; round++) {
    it(`round ${round}`, async () => {
      const state = { over: false };
      const before = acknowledged.size;
      const workers = Array.from({ length: clients }, () => load(server.guest().collection('events'), state));
      // Wait for real writes, however slow the machine is, then a varying moment more.
      while (acknowledged.size < before + clients * 2) await Promise.race([sleep(5), ...workers]);
      await sleep(20 + (round * 37) % 180);
      state.over = true;
      await server.kill();
      await Promise.all(workers);

      server = await startServer({ dir });
      const stored = new Map((await server.guest().collection('events').getFullList()).map(event => [event.id, event.text]));
      const lost = [...acknowledged].filter(([id, text]) => !(Array.isArray(text) ? text.includes(stored.get(id)) : stored.get(id) === text));
      assert.deepEqual(lost, [], `${lost.length} of ${acknowledged.size} acknowledged writes are missing`);
    });
  }

  const soundFile = 'leaves the file sound after each kind of end';
  it(soundFile, on(soundFile), async () => {
    await server.kill();
    assert.equal(await integrity(join(dir, 'data.db')), 'ok');
    server = await startServer({ dir });
    assert.equal(await server.stop(), 0);
    assert.equal(await integrity(join(dir, 'data.db')), 'ok');
    server = await startServer({ dir });
    assert.ok(acknowledged.size >= kills * clients * 2);
  });
});

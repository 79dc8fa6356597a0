// SIGKILL at any moment of uploads, changes and removals: after the next start no record names a file that is not there, no file is there that no record names,
// and what was acknowledged is whole.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engine } from '../support/engine.mjs';
import { newFolder, removeFolder, startServer } from '../support/server.mjs';

const kills = engine === 'postgres' ? 3 : 8;
const clients = 4;
const patienceMs = 120_000;
const env = { HEARTH_POSTGRES_TAKEOVER: '2' }; // the database must first miss the node that was killed

describe('SIGKILL under uploads', () => {
  let dir, server, collection;
  const acknowledged = new Map(); // id -> hashes of its files in order, or null while that is open
  before(async () => {
    dir = await newFolder();
    server = await startServer({ dir, setUp: true, env });
    const pb = await server.superuser();
    await pb.settings.update({ rateLimits: { enabled: false, rules: [{ label: '*:create', audience: '', duration: 5, maxRequests: 20 }] } });
    const rules = { listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' };
    collection = (await pb.collections.create({ name: 'docs', type: 'base', ...rules, fields: [{ name: 'files', type: 'file', maxSelect: 9 }] })).id;
  });
  after(async () => {
    await server?.stop();
    await removeFolder(dir);
  });

  const hash = bytes => createHash('sha256').update(bytes).digest('hex');

  async function load(docs, state) {
    const own = [];
    for (let n = 0; !state.over; n++) {
      const contents = Array.from({ length: 1 + n % 3 }, () => randomBytes(1 + Math.floor(Math.random() * 300_000)));
      const files = contents.map((content, i) => new File([content], `f${i}.bin`));
      try {
        if (n % 4 === 3 && own.length > 0) {
          const id = own.pop();
          acknowledged.set(id, null);
          if (n % 8 === 3) {
            await docs.delete(id);
            acknowledged.delete(id);
          } else {
            await docs.update(id, { files });
            acknowledged.set(id, contents.map(hash));
            own.push(id);
          }
        } else {
          const made = await docs.create({ files });
          acknowledged.set(made.id, contents.map(hash));
          own.push(made.id);
        }
      } catch (error) {
        if (!state.over) throw new Error(`${error.status} ${JSON.stringify(error.response)}`, { cause: error });
      }
    }
  }

  /** Names of files by record, as they lie in the storage. */
  async function stored() {
    const found = new Map();
    for (const entry of await readdir(join(dir, 'storage', collection), { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (!entry.isFile() || entry.name.endsWith('.attrs')) continue;
      const id = entry.parentPath.slice(join(dir, 'storage', collection).length + 1);
      found.set(id, [...found.get(id) ?? [], entry.name]);
    }
    return [...found].map(([id, names]) => `${id}: ${names.sort().join(' ')}`).sort();
  }

  async function named() {
    const records = await server.guest().collection('docs').getFullList();
    return records.filter(record => record.files.length > 0).map(record => `${record.id}: ${[...record.files].sort().join(' ')}`).sort();
  }

  for (let round = 1; round <= kills; round++) {
    it(`round ${round}`, async () => {
      const state = { over: false };
      const before = acknowledged.size;
      const workers = Array.from({ length: clients }, () => load(server.guest().collection('docs'), state));
      for (let waited = 0; acknowledged.size < before + clients && waited < 20_000; waited += 5) await Promise.race([sleep(5), ...workers]);
      await sleep(10 + (round * 53) % 190);
      state.over = true;
      await server.kill();
      await Promise.all(workers);

      server = await startServer({ dir, env });
      let [there, wanted] = [[], await named()];
      for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) {
        there = await stored();
        if (JSON.stringify(there) === JSON.stringify(wanted)) break;
      }
      assert.deepEqual(there, wanted);
      const records = new Map((await server.guest().collection('docs').getFullList()).map(record => [record.id, record.files]));
      for (const [id, hashes] of acknowledged) {
        if (hashes === null) continue;
        const names = records.get(id);
        assert.equal(names?.length, hashes.length, `record ${id} lost files`);
        for (const [i, name] of names.entries()) assert.equal(hash(await readFile(join(dir, 'storage', collection, id, name))), hashes[i]);
      }
      // What was open is decided now.
      for (const [id, hashes] of acknowledged) if (hashes === null) acknowledged.delete(id);
    });
  }
});

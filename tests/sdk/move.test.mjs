// hearth move, as a person calls it: to PostgreSQL and back, killed in the middle. Needs a PostgreSQL, whatever the engine of the run.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDatabase, hasPostgres, rowsIn } from './support/engine.mjs';
import { email, firstSuperuser, freePort, newFolder, password, program, removeFolder } from './support/server.mjs';
import PocketBase from 'pocketbase';

// Beside these the app keeps accounts, sessions and what was noted: some more, and not always as many.
const many = 60_000;

describe('hearth move', { skip: !hasPostgres() && 'PostgreSQL is not installed' }, () => {
  let root, first, database, address;
  before(async () => {
    root = await newFolder();
    first = join(root, 'first');
    [database, address] = await emptyDatabase();
    await served(['--dir', first], async pb => {
      await pb.collections.create({
        name: 'posts', type: 'base', listRule: '', createRule: '', fields: [
          { name: 'title', type: 'text' }, { name: 'n', type: 'number' }, { name: 'tags', type: 'select', values: ['a', 'b'], maxSelect: 2 }, { name: 'meta', type: 'json' },
          { name: 'author', type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1 },
        ],
        indexes: ['CREATE UNIQUE INDEX idx_posts_title ON posts (title COLLATE NOCASE) WHERE title != \'\''],
      });
      await pb.collections.create({ name: 'titles', type: 'view', listRule: '', viewQuery: 'SELECT id, title FROM posts WHERE n > 10' });
      const ann = await pb.collection('users').create({ email: 'ann@example.org', password: 'long enough 1', passwordConfirm: 'long enough 1', name: 'Ann ü 🔥' });
      for (const meta of [null, 1.5e300, { z: 1, a: [' x'] }, 'text', 1e15]) await pb.collection('posts').create({ title: `odd ${JSON.stringify(meta)}`, n: 0.1 + 0.2, tags: ['b', 'a'], meta, author: ann.id });
    }, firstSuperuser);
    const rows = Array.from({ length: many }, (_, n) => JSON.stringify({ title: `Post ${n}`, n, tags: n % 2 ? ['a'] : [], meta: { n } }));
    await writeFile(join(root, 'posts.ndjson'), rows.join('\n'));
    await run(['import', join(root, 'posts.ndjson'), '--collection', 'posts', '--dir', first]);
    await mkdir(join(first, 'storage', 'posts', 'x'), { recursive: true });
    await writeFile(join(first, 'storage', 'posts', 'x', 'a b.txt'), 'a file');
  });
  after(() => removeFolder(root));

  /** Runs the program with nothing of the engine under test in its environment. */
  const run = async (args, code = 0) => {
    const result = await new Promise(resolve => execFile(program, args, { env: clean(), maxBuffer: 256 << 20 }, (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr })));
    assert.equal(result.code, code, `hearth ${args.join(' ')}: ${result.stdout}${result.stderr}`);
    return result;
  };
  const clean = () => {
    const { HEARTH_POSTGRES, ...env } = process.env;
    return env;
  };
  /** Serves a place for one look at it. */
  const served = async (place, look, env = {}) => {
    const port = await freePort();
    const child = execFile(program, ['serve', '--http', `127.0.0.1:${port}`, ...place], { env: { ...clean(), ...env } });
    try {
      const pb = new PocketBase(`http://127.0.0.1:${port}`).autoCancellation(false);
      for (const end = Date.now() + 60_000; ; await sleep(50)) {
        try { await pb.health.check(); break; } catch (error) { if (Date.now() > end || child.exitCode !== null) throw error; }
      }
      await pb.collection('_superusers').authWithPassword(email, password);
      return await look(pb);
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
  };
  const exports = async place => {
    const told = {};
    // Each collection in one format, and the one with every kind of value in all of them.
    for (const [collection, ...formats] of [['_superusers', 'ndjson'], ['users', 'json'], ['posts', 'ndjson', 'json', 'csv'], ['titles', 'csv']]) {
      for (const format of formats) {
        const { stdout } = await run(['export', '--collection', collection, '--format', format, ...place]);
        // Only tables have an order of their own.
        told[`${collection}.${format}`] = createHash('sha256').update(collection === 'titles' ? stdout.split('\n').map(line => line.replace(/,$/, '')).sort().join('\n') : stdout).digest('hex');
      }
    }
    return { ...told, collections: JSON.stringify(await served(place, pb => pb.collections.getFullList({ sort: 'created,name' }))) };
  };
  const bytes = async folder => {
    const sums = {};
    for (const name of (await readdir(folder, { recursive: true })).filter(name => /data\.db|storage.*txt/.test(name) && !name.endsWith('-shm'))) {
      sums[name] = createHash('sha256').update(await readFile(join(folder, name))).digest('hex');
    }
    return sums;
  };

  it('killed in the middle it goes on; there and back the exports are the same', async () => {
    const files = join(root, 'files');
    const last = join(root, 'last');
    const told = await exports(['--dir', first]);
    const untouched = await bytes(first);
    const there = ['move', '--to', 'postgres', address, '--dir', first, '--files', files];

    await killed(there, async () => await rowsIn(database, 'posts') > 0);
    const refused = await run(['serve', '--postgres', address, '--dir', files], 1);
    assert.match(refused.stderr, /half filled: a move from the folder .*first, begun .* Run the same hearth move again/);
    const { stdout, stderr } = await run(there);
    assert.match(stdout, /^Moved: 60,0\d\d records \([\d,]+ of them by an earlier run\) in \d+ collections, 1 view, 1 file\.\nBoth sides were read back and hold the same\./);
    assert.match(stderr, /Going on with the move that began/);
    assert.deepEqual(await bytes(first), untouched);
    assert.equal(await readFile(join(files, 'storage', 'posts', 'x', 'a b.txt'), 'utf8'), 'a file');
    const place = ['--postgres', address, '--dir', files];
    assert.deepEqual(await exports(place), told);
    await served(place, async pb => {
      await pb.collection('users').authWithPassword('ann@example.org', 'long enough 1');
      await assert.rejects(pb.collection('posts').create({ title: 'POST 5' }), error => error.status === 400);
    });

    const back = ['move', '--to', 'sqlite', last, ...place];
    await killed(back);
    assert.match((await run(['serve', '--dir', last], 1)).stderr, /half filled/);
    await run(back);
    assert.deepEqual(await exports(['--dir', last]), told);
    await served(['--dir', last], pb => pb.collection('users').authWithPassword('ann@example.org', 'long enough 1'));
    assert.match((await run(back, 1)).stderr, /There is data in the folder .*last already/);
  });

  it('says in plain words what it cannot do', async () => {
    for (const [args, code, words] of [
      [['move'], 2, /--to/],
      [['move', '--to', 'mysql', 'x'], 2, /--to takes postgres "Host=\.\.\.;Database=\.\.\." or sqlite DIR, not mysql x/],
      [['move', '--to', 'sqlite', join(root, 'x'), '--files', 'y', '--dir', first], 2, /--files is for --to postgres/],
      [['move', '--to', 'sqlite', first, '--dir', first], 1, /Source and target are both the folder/],
      [['move', '--to', 'sqlite', join(root, 'x'), '--dir', join(root, 'nope')], 1, /There is no database in the folder/],
      [['move', '--to', 'postgres', 'Host=127.0.0.1;Port=1;Database=x;Username=x', '--dir', first], 1, /No PostgreSQL answers on 127\.0\.0\.1:1/],
      [['move', '--to', 'postgres', 'nonsense', '--dir', first], 1, /connection string/],
    ]) {
      const { stdout, stderr } = await run(args, code);
      assert.match(stdout + stderr, words);
      assert.doesNotMatch(stdout + stderr, /   at Hearth|Unhandled/);
    }
    assert.match((await run(['move', '--help'])).stdout, /Examples:\n  hearth move --to postgres/);
  });

  /** Starts a move and kills it (SIGKILL) while it copies: when something has come, or a moment after it began. */
  async function killed(args, hasCome = () => sleep(150, true)) {
    const child = execFile(program, args, { env: clean() });
    let said = '';
    child.stderr.on('data', text => { said += text; });
    while (!said.includes('Copying') && child.exitCode === null) await sleep(1);
    while (!await hasCome() && child.exitCode === null) await sleep(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.match(said, /Copying 60,0\d\d records/);
    assert.doesNotMatch(said, /Compared/, 'it was killed too late to tell anything');
  }
});

// The program at the command line: help, exit codes, passwords, and records from and to files.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { call } from './support/http.mjs';
import { email, ends as run, newFolder, password, removeFolder, start, startServer } from './support/server.mjs';

describe('help and mistakes', () => {
  for (const command of [[], ['serve'], ['superuser'], ['superuser', 'upsert'], ['import'], ['export']]) {
    it(`explains ${command.join(' ') || 'itself'}`, async () => {
      const { code, stdout } = await run([...command, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, /Usage:/);
      if (command.length < 2) assert.match(stdout, /Examples:\n {2}hearth /);
    });
  }

  it('prints its help when it is asked nothing', async () => assert.match((await run([])).stdout, /Usage:/));

  for (const args of [['nope'], ['serve', '--nope'], ['serve', '--http', 'nowhere'], ['serve', '--http', '127.0.0.1:70000'], ['superuser', 'upsert'],
    ['import', 'x.csv'], ['export'], ['export', '--collection', 'x', '--format', 'xml'], ['import', 'x.unknown', '--collection', 'x']]) {
    it(`ends with 2 for: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.ok(stderr.length > 10);
    });
  }
});

describe('superusers', () => {
  let dir;
  before(async () => { dir = await newFolder(); });
  after(() => removeFolder(dir));
  const superuser = (...args) => run(['superuser', ...args, '--dir', dir]);

  it('are made once', async () => {
    assert.equal((await superuser('create', email, password)).code, 0);
    const again = await superuser('create', email, password);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /email: Value must be unique/);
  });

  it('take the password from standard input, so that it need not stand in a list of processes', async () => {
    const first = await startServer({ dir });
    const { token } = (await first.superuser()).authStore;
    assert.equal(await first.stop(), 0);
    assert.equal((await run(['superuser', 'update', email, '--dir', dir], 'another-horse-9\n')).code, 0);
    const server = await startServer({ dir });
    try {
      assert.equal((await call(server, 'GET', '/api/settings', { token })).status, 401);
      await server.guest().collection('_superusers').authWithPassword(email, 'another-horse-9');
      await assert.rejects(server.guest().collection('_superusers').authWithPassword(email, password), { status: 400 });
    } finally {
      await server.stop();
    }
  });

  it('are not made without a password, with a bad address or a short password', async () => {
    assert.equal((await run(['superuser', 'upsert', 'other@example.com', '--dir', dir])).code, 2);
    assert.match((await superuser('upsert', 'nobody', password)).stderr, /email: /);
    assert.match((await superuser('upsert', 'other@example.com', 'short')).stderr, /password: /);
  });

  it('are not all removed', async () => {
    assert.equal((await superuser('update', 'nobody@example.com', password)).code, 1);
    assert.equal((await superuser('delete', 'nobody@example.com')).code, 1);
    assert.match((await superuser('upsert', 'second@example.com', password)).stdout, /^Made the superuser/);
    assert.match((await superuser('upsert', 'second@example.com', 'another-horse-9')).stdout, /^Gave the superuser second@example\.com the new password/);
    assert.equal((await superuser('delete', 'second@example.com')).code, 0);
    const last = await superuser('delete', email);
    assert.equal(last.code, 1);
    assert.match(last.stderr, /only existing superuser/);
  });
});

describe('import and export', () => {
  let dir;
  before(async () => { dir = await newFolder(); });
  after(() => removeFolder(dir));
  const file = async (name, text) => {
    const path = join(dir, name);
    await writeFile(path, text);
    return path;
  };

  it('makes a collection, tells bad rows with their lines, and goes on', async () => {
    const people = await file('people.csv', 'name,email,age,born\nAda,ada@example.org,36,1815-12-10\nBob,bob@example.org,x,2000-01-01\n"Eve, the 2nd",eve@example.org,,\nshort\n');
    // The bad age would make the column one of texts: the collection is there before, with numbers.
    assert.equal((await run(['import', await file('first.csv', 'name,email,age,born\nZoe,zoe@example.org,1,2001-02-03\n'), '--collection', 'people', '--create', '--key', 'email', '--dir', dir])).code, 0);
    const { code, stdout, stderr } = await run(['import', people, '--collection', 'people', '--key', 'email', '--dir', dir]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /people: 4 rows read, 2 added, 2 not imported\./);
    assert.match(stderr, /line 3: age: “x” is not a number\./);
    assert.match(stderr, /line 5: The row has 1 value/);
    assert.equal((await run(['import', people, '--collection', 'people', '--key', 'email', '--strict', '--dir', dir])).code, 1);
    const { stdout: csv } = await run(['export', '--collection', 'people', '--dir', dir]);
    assert.equal(csv.trim().split('\r\n').length, 4);
    assert.match(csv, /"Eve, the 2nd",eve@example\.org,0,\r\n/);
  });

  it('changes by key what is there', async () => {
    const { stdout } = await run(['import', await file('more.csv', 'email,age\nada@example.org,37\nnew@example.org,1\nnew@example.org,2\n'), '--collection', 'people', '--key', 'email', '--dir', dir]);
    assert.match(stdout, /3 rows read, 1 added, 2 changed, 0 not imported/);
    const { stdout: lines } = await run(['export', '--collection', 'people', '--format', 'ndjson', '--dir', dir]);
    const people = new Map(lines.trim().split('\n').map(line => JSON.parse(line)).map(person => [person.email, person]));
    assert.equal(people.get('ada@example.org').age, 37);
    assert.equal(people.get('ada@example.org').name, 'Ada');
    assert.equal(people.get('new@example.org').age, 2);
  });

  for (const format of ['csv', 'json', 'ndjson']) {
    it(`reads back what it wrote as ${format}`, async () => {
      const path = join(dir, `out.${format}`);
      assert.equal((await run(['export', '--collection', 'people', '--out', path, '--dir', dir])).code, 0);
      const name = `copy_${format}`;
      const { code, stderr } = await run(['import', path, '--collection', name, '--create', '--strict', '--dir', dir]);
      assert.equal(code, 0, stderr);
      const { stdout } = await run(['export', '--collection', name, '--format', format, '--dir', dir]);
      assert.equal(stdout, await readFile(path, 'utf8'));
    });
  }

  it('reads standard input', async () => {
    const { code, stdout } = await run(['import', '-', '--collection', 'piped', '--create', '--format', 'ndjson', '--dir', dir], '{"a":1}\n{"a":2}\n');
    assert.equal(code, 0);
    assert.match(stdout, /piped \(a new collection\): 2 rows read, 2 added/);
  });

  it('says what is wrong and leaves an earlier file alone', async () => {
    const kept = await file('kept.csv', 'kept');
    for (const [args, reason] of [
      [['import', join(dir, 'missing.csv'), '--collection', 'people'], /no file/],
      [['import', await file('x.csv', 'a\n1\n'), '--collection', 'unknown'], /no collection unknown/],
      [['import', await file('y.csv', 'a\n1\n'), '--collection', 'people', '--key', 'nothing'], /no field nothing/],
      [['import', await file('z.csv', ''), '--collection', 'fresh', '--create'], /no row/],
      [['export', '--collection', 'unknown', '--out', kept], /no collection unknown/],
    ]) {
      const { code, stderr } = await run([...args, '--dir', dir]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, reason);
      assert.doesNotMatch(stderr, / {3}at /);
    }
    assert.equal(await readFile(kept, 'utf8'), 'kept');
    assert.ok(!(await readdir(dir)).some(name => name.endsWith('.part')));
  });

  it('leaves a collection that it made closed', async () => {
    const server = await startServer({ dir });
    try {
      await assert.rejects(server.guest().collection('people').getList(), { status: 403 });
    } finally {
      await server.stop();
    }
  });

  it('stops at a signal and keeps what it has', async () => {
    const child = await start(['import', '-', '--collection', 'endless', '--create', '--format', 'ndjson', '--dir', dir], ['pipe', 'pipe', 'pipe']);
    child.stdin.on('error', () => {});
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', text => { stderr += text; });
    // Far more than a pipe holds: when the last line is taken, the program has read thousands of rows.
    const lines = Array.from({ length: 40_000 }, (_, n) => `{"n":${n}}\n`).join('');
    await new Promise(resolve => child.stdin.write(lines, resolve));
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    assert.equal(code, 1, stderr);
    assert.match(stderr, /Stopped/);
    const { stdout } = await run(['export', '--collection', 'endless', '--format', 'ndjson', '--dir', dir]);
    assert.ok(stdout.split('\n').length > 500, stdout.slice(0, 200));
  });
});

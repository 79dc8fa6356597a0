// hearth import and hearth export, as a person calls them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { lstat, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { cli, ends, newApp, newFolder, removeFolder, startServer } from './support/server.mjs';

describe('import and export', () => {
  let dir, files;
  before(async () => {
    [dir, files] = [await newApp(), await newFolder()];
  });
  after(async () => {
    for (const folder of [dir, files]) await removeFolder(folder);
  });

  const file = async (name, text) => {
    await writeFile(join(files, name), text);
    return join(files, name);
  };
  /** Serves the folder for one look at it, because only one program may have it open. Each look is a start: what can be seen at the end is looked at there. */
  const look = async ask => {
    const server = await startServer({ dir });
    try { return await ask(await server.superuser()); } finally { await server.stop(); }
  };

  it('a key updates who is there and adds who is not; bad rows are told by their line, and the rest goes in', async () => {
    const csv = await file('people.csv', 'email,name,age,member,since\nann@example.com,Ann,41,true,2024-05-06\nben@example.com,"Ben, the ""best""",39,false,2023-01-02\n');
    await cli('import', csv, '--collection', 'people', '--create', '--dir', dir);
    const ndjson = await file('people.ndjson', '{"email":"ann@example.com","age":42}\n{"email":"cat@example.com","name":"Cat"}\n');
    assert.match(await cli('import', ndjson, '--collection', 'people', '--key', 'email', '--dir', dir), /2 rows read, 1 added, 1 changed/);
    await look(pb => pb.collections.create({ name: 'strict', type: 'base', fields: [{ name: 'n', type: 'number', max: 10 }, { name: 't', type: 'text', required: true }] }));
    const { stdout, stderr } = await ends(['import', await file('strict.csv', 'n,t\n1,one\n99,too much\n3,\n4,four\n'), '--collection', 'strict', '--dir', dir]);
    assert.match(stdout + stderr, /\b3\b/);
    assert.match(stdout + stderr, /\b4\b/);
  });

  it('what is exported can be imported again, in every format; a new collection has fitting types', async () => {
    const formats = ['csv', 'json', 'ndjson'];
    for (const format of formats) {
      const out = join(files, `out.${format}`);
      await cli('export', '--collection', 'people', '--format', format, '--out', out, '--dir', dir);
      assert.ok((await readFile(out, 'utf8')).includes('Ben'));
      await cli('import', out, '--collection', `again_${format}`, '--create', '--dir', dir);
    }
    await look(async pb => {
      const { fields } = await pb.collections.getOne('people');
      assert.deepEqual(Object.fromEntries(fields.filter(field => ['name', 'age', 'member', 'since'].includes(field.name)).map(field => [field.name, field.type])), { name: 'text', age: 'number', member: 'bool', since: 'date' });
      const people = await pb.collection('people').getFullList({ sort: 'email', fields: 'email,name,age,member,since' });
      assert.deepEqual(people.map(person => ({ ...person })), [
        { email: 'ann@example.com', name: 'Ann', age: 42, member: true, since: '2024-05-06 00:00:00.000Z' },
        { email: 'ben@example.com', name: 'Ben, the "best"', age: 39, member: false, since: '2023-01-02 00:00:00.000Z' },
        { email: 'cat@example.com', name: 'Cat', age: 0, member: false, since: '' },
      ]);
      for (const format of formats) {
        const again = await pb.collection(`again_${format}`).getFullList({ sort: 'email' });
        assert.deepEqual(again.map(row => [row.email, row.name, row.age, row.member]), people.map(row => [row.email, row.name, row.age, row.member]), format);
      }
      assert.deepEqual((await pb.collection('strict').getFullList({ sort: 'n' })).map(row => row.t), ['one', 'four']);
    });
  });

  it('says in plain words what it cannot do', async () => {
    const csv = await file('x.csv', 'a\n1\n');
    for (const args of [['import', join(files, 'nope.csv'), '--collection', 'people'], ['import', csv, '--collection', 'nope'], ['import', csv], ['import', csv, '--collection', 'people', '--key', 'nope'], ['export', '--collection', 'nope', '--format', 'csv', '--out', join(files, 'y.csv')]]) {
      const { code, stdout, stderr } = await ends([...args, '--dir', dir]);
      const text = stdout + stderr;
      assert.notEqual(code, 0, args.join(' '));
      assert.ok(text.length > 5);
      assert.doesNotMatch(text, /   at Hearth|Unhandled/, text);
    }
  });

  it('export writes into a pipe, and to where a symbolic link points', async () => {
    const [pipe, link, target] = ['pipe', 'link.csv', 'target.csv'].map(name => join(files, name));
    const args = out => ['export', '--collection', 'people', '--format', 'csv', '--out', out, '--dir', dir];
    await promisify(execFile)('mkfifo', [pipe]);
    const reader = promisify(execFile)('cat', [pipe]);
    await cli(...args(pipe));
    const { stdout: piped } = await reader;
    assert.match(piped, /ann@example\.com/);
    assert.ok((await lstat(pipe)).isFIFO());

    await writeFile(target, 'what was there');
    await symlink(target, link);
    await cli(...args(link));
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.equal(await readFile(target, 'utf8'), piped);

    await cli(...args('/dev/null'));
    assert.ok((await lstat('/dev/null')).isCharacterDevice());
  });

  it('an export that fails leaves the earlier file as it is', async () => {
    const earlier = await file('earlier.csv', 'what was there');
    assert.notEqual((await ends(['export', '--collection', 'nobody', '--out', earlier, '--dir', dir])).code, 0);
    assert.equal(await readFile(earlier, 'utf8'), 'what was there');
  });
});

// hearth import pocketbase, as a person calls it: what clients of the old app did works with the new one. On the engine of the run.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import PocketBase from 'pocketbase';
import { ends, newFolder, removeFolder, start, startServer } from '../support/server.mjs';
import { fingerprint, oldPassword, oldToken, pbData, picture } from '../support/pocketbase.mjs';

describe('an app that moved in', () => {
  let root, source, dir, server, untouched, report;
  before(async () => {
    root = await newFolder();
    source = await pbData(join(root, 'pb_data'), { sql: "UPDATE `posts` SET `title` = 'In the log' WHERE `id` = 'post00000000002'" });
    untouched = await fingerprint(source);
    dir = join(root, 'new');
    report = await ends(['import', 'pocketbase', source, '--dir', dir]);
    assert.equal(report.code, 0, report.stdout + report.stderr);
    server = await startServer({ dir });
  });
  after(async () => {
    await server?.stop();
    await removeFolder(dir);
    await removeFolder(root);
  });

  it('is told in a report, and the source is as it was', async () => {
    assert.ok(untouched['data.db-wal'], 'the log was left for the import');
    assert.deepEqual(await fingerprint(source), untouched);
    assert.match(report.stdout, /^Imported: 16 records in 9 collections, 2 views, 9 files\./);
    assert.match(report.stdout, /✓ 9 collections have as many records as before \(16 in all\)\./);
    assert.match(report.stdout, /✓ A token of users that the old app signed is accepted\./);
    assert.match(report.stdout, /✓ 3 passwords of users can be checked as before\./);
    assert.match(report.stdout, /· 1 file belongs to no record and stays behind, such as storage\/pbc_papers\/nobody\/orphan_9999999999\.pdf\./);
    assert.match(report.stdout, /✓ 5 files are found where their records name them, with the content that they had\./);
    assert.match(report.stdout, /· 1 file had no attributes: what it is was found out from the content\./);
    assert.match(report.stdout, /Serve it: hearth serve/);
    assert.doesNotMatch(report.stdout + report.stderr, /smtp-secret|the-google-secret|UsersAuthS|\$2a\$/);
  });

  it('takes old tokens until their key changes', async () => {
    const pb = server.guest();
    pb.authStore.save(oldToken({ id: 'annannannannann', key: 'ann' }), { id: 'annannannannann', collectionId: '_pb_users_auth_', collectionName: 'users' });
    const { record, token } = await pb.collection('users').authRefresh();
    assert.equal(record.name, 'Ann ü 🔥');
    assert.ok(token);
    await pb.collection('users').update(record.id, { name: 'Ann' });

    const root = server.guest();
    root.authStore.save(oldToken({ collectionId: 'pbc_3142635823', id: 'superuser000001', key: 'root', secret: 'SuperAuth' }), { id: 'superuser000001', collectionId: 'pbc_3142635823', collectionName: '_superusers' });
    const settings = await root.settings.getAll();
    assert.equal(settings.meta.appName, 'Ember');
    assert.deepEqual([settings.batch.maxRequests, settings.logs.maxDays, settings.rateLimits.enabled], [77, 9, false]);

    const stranger = server.guest();
    stranger.authStore.save(oldToken({ id: 'annannannannann', key: 'ben' }), null);
    await assert.rejects(stranger.collection('users').authRefresh(), error => error.status === 401);
    await root.collection('users').update('cydcydcydcydcyd', { 'tokenKey:autogenerate': '' });
    const late = server.guest();
    late.authStore.save(oldToken({ id: 'cydcydcydcydcyd', key: 'cyd' }), null);
    await assert.rejects(late.collection('users').authRefresh(), error => error.status === 401);
  });

  it('takes old passwords in all three spellings of bcrypt, and again after the hash was replaced', async () => {
    for (const name of ['ann', 'ben', 'cyd']) {
      for (let times = 0; times < 2; times++) {
        const { record } = await server.guest().collection('users').authWithPassword(`${name}@example.org`, oldPassword);
        assert.equal(record.email, `${name}@example.org`);
      }
      await assert.rejects(server.guest().collection('users').authWithPassword(`${name}@example.org`, `${oldPassword}x`), error => error.status === 400);
    }
    await server.guest().collection('_superusers').authWithPassword('root@example.org', oldPassword);
  });

  it('answers lists, relations, views and rules as before', async () => {
    const pb = await server.user('ann@example.org', oldPassword);
    const posts = await pb.collection('posts').getFullList();
    assert.deepEqual(posts.map(post => [post.id, post.title]), [['post00000000001', 'First'], ['post00000000002', 'In the log'], ['aaaaaaaaaaaaaaa', 'Third']]);
    assert.deepEqual(posts[0], {
      collectionId: 'pbc_1125843985', collectionName: 'posts', id: 'post00000000001', title: 'First', body: '<p>Hello</p>', n: 1, ok: true, mail: 'a@example.org', link: 'https://example.org/?a=b',
      day: '2024-02-29 12:00:00.000Z', kind: 'b c', kinds: ['d', 'a'], author: 'annannannannann', fans: ['benbenbenbenben', 'cydcydcydcydcyd'], cover: 'sun_1111111111.png',
      pages: ['one_2222222222.txt', 'two_3333333333.bin'], meta: { b: [1, null, 'x'], a: {} }, place: { lon: -122.37, lat: 37.62 }, created: '2024-03-01 10:00:01.000Z', updated: '2024-03-01 10:00:05.000Z',
    });
    assert.equal((await pb.collection('posts').getOne('post00000000001', { expand: 'notes_via_post' })).expand.notes_via_post.length, 3);
    assert.deepEqual((await pb.collection('topPosts').getFullList({ sort: '-comments' })).map(post => [post.title, post.comments]), [['First', 3], ['Third', 2]]);
    assert.equal((await pb.collection('papers').getOne('paper0000000001')).title, 'Contract');
    await assert.rejects(server.guest().collection('papers').getOne('paper0000000001'), error => error.status === 404);
    await assert.rejects(pb.collection('posts').create({ title: 'FIRST' }), error => error.data.data.title.code === 'validation_not_unique');
    const made = await pb.collection('posts').create({ title: 'Fourth', author: 'annannannannann' });
    await pb.collection('posts').update(made.id, { n: 4 });
    await pb.collection('posts').delete(made.id);
    assert.deepEqual((await pb.collection('users').listExternalAuths('annannannannann')).map(link => [link.provider, link.providerId]), [['google', '7']]);
  });

  it('serves files at their old addresses, protected ones to who may see them', async () => {
    const pb = await server.user('ann@example.org', oldPassword);
    const post = await pb.collection('posts').getOne('post00000000001');
    for (const [name, type, content] of [[post.cover, 'image/png', picture], [post.pages[0], 'text/plain; charset=utf-8', Buffer.from('one')], [post.pages[1], 'image/png', picture]]) {
      const answer = await fetch(pb.files.getURL(post, name));
      assert.deepEqual([answer.status, answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer())], [200, type, content], name);
    }
    const paper = await pb.collection('papers').getOne('paper0000000001');
    assert.equal((await fetch(pb.files.getURL(paper, paper.scan))).status, 404);
    const answer = await fetch(pb.files.getURL(paper, paper.scan, { token: await pb.files.getToken() }));
    assert.deepEqual([answer.status, answer.headers.get('content-type'), await answer.text()], [200, 'application/pdf', '%PDF-1.7 secret']);
    const old = oldToken({ id: 'annannannannann', key: 'ann', secret: 'UsersFile', type: 'file' });
    assert.equal((await fetch(pb.files.getURL(paper, paper.scan, { token: old }))).status, 200);
    const ben = await server.user('ben@example.org', oldPassword);
    assert.equal((await fetch(pb.files.getURL(paper, paper.scan, { token: await ben.files.getToken() }))).status, 404);
    assert.equal((await fetch(`${server.url}/api/files/pbc_papers/nobody/orphan_9999999999.pdf`)).status, 404);
  });

  it('is whole after a kill in the middle and another run', async () => {
    const many = await pbData(join(root, 'many'), { sql: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO posts (id, title, n) SELECT printf('many%011d', i), 'Many ' || i, i FROM n" });
    const told = await fingerprint(many);
    let into, again;
    // On a busy machine nothing may have been kept by the time of the kill: then it is killed later.
    for (const wait of [100, 400, 1600]) {
      into = join(root, `killed-after-${wait}`);
      const child = await start(['import', 'pocketbase', many, '--dir', into], ['ignore', 'ignore', 'pipe']);
      let said = '';
      child.stderr.setEncoding('utf8').on('data', text => { said += text; });
      while (!said.includes('Copying 60,0') && child.exitCode === null) await sleep(1);
      await sleep(wait);
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.doesNotMatch(said, /Compared/, 'it was killed too late to tell anything');
      const refused = await ends(['serve', '--http', '127.0.0.1:0', '--dir', into]);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /half filled.*Run the same hearth import pocketbase again/s);

      again = await ends(['import', 'pocketbase', many, '--dir', into]);
      assert.equal(again.code, 0, again.stderr);
      if (again.stdout.includes('by an earlier run')) break;
      await removeFolder(into);
    }
    assert.match(again.stdout, /^Imported: 60,016 records \([\d,]+ of them by an earlier run\)/);
    assert.deepEqual(await fingerprint(many), told);
    const whole = await startServer({ dir: into });
    try {
      const pb = new PocketBase(whole.url);
      assert.equal((await pb.collection('posts').getList(1, 1)).totalItems, 60_003);
      assert.equal((await pb.collection('posts').getFirstListItem('n = 60000')).title, 'Many 60000');
    } finally {
      await whole.stop();
      await removeFolder(into);
    }
  });

  it('stops at code beside the folder, and holds what was imported against the folder', async () => {
    const app = join(root, 'hooked');
    const folder = await pbData(join(app, 'pb_data'));
    await mkdir(join(app, 'pb_hooks'), { recursive: true });
    await writeFile(join(app, 'pb_hooks', 'main.pb.js'), 'onRecordCreateRequest((e) => e.next(), "posts")\nrouterAdd("GET", "/hello", () => {})\n');
    const into = join(root, 'unhooked');
    const refused = await ends(['import', 'pocketbase', folder, '--dir', into]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /There is code beside this app.*main\.pb\.js: onRecordCreateRequest \(posts\), the route GET \/hello\n.*--without-hooks/s);
    const taken = await ends(['import', 'pocketbase', folder, '--dir', into, '--without-hooks']);
    assert.equal(taken.code, 0, taken.stderr);
    const whole = await ends(['import', 'pocketbase', folder, '--dir', into, '--verify']);
    assert.equal(whole.code, 0, whole.stdout + whole.stderr);
    assert.match(whole.stdout, /✓ The settings are as they were\./);
    assert.match((await ends(['doctor', '--dir', into])).stdout, /moved in without the code.*main\.pb\.js/s);
    assert.doesNotMatch((await ends(['doctor', '--dir', into, '--hooks-done'])).stdout, /pb_hooks/);
    await writeFile(join(into, 'storage', 'pbc_papers', 'paper0000000001', 'contract_4444444444.pdf'), '%PDF');
    const cut = await ends(['import', 'pocketbase', folder, '--dir', into, '--verify']);
    assert.equal(cut.code, 1);
    assert.match(cut.stdout, /Not as in the folder:\n {2}✗ .*contract_4444444444\.pdf/);
    await removeFolder(into);
  });

  it('says in plain words what it cannot do', async () => {
    for (const [args, code, words] of [
      [['import', 'pocketbase'], 2, /PB_DATA|argument/i],
      [['import', 'pocketbase', join(root, 'nope'), '--dir', join(root, 'x')], 1, /There is no data\.db in .*nope\. Name the folder/],
      [['import', 'pocketbase', source, '--dir', source], 1, /never written to/],
      [['import', 'pocketbase', source, '--dir', dir], 1, /in use by another Hearth|uses|There is data in/],
      [['import', 'pocketbase', source, '--dir', join(root, 'x'), '--encryption-env', 'NOT_SET_AT_ALL'], 1, /NOT_SET_AT_ALL is not set/],
    ]) {
      const { code: ended, stdout, stderr } = await ends(args);
      assert.equal(ended, code, `${args.join(' ')}: ${stdout}${stderr}`);
      assert.match(stdout + stderr, words);
      assert.doesNotMatch(stdout + stderr, /   at Hearth|Unhandled/);
    }
    assert.match((await ends(['import', 'pocketbase', '--help'])).stdout, /Examples:\n {2}hearth import pocketbase/);
  });
});

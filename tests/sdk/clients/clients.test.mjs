// Foreign clients and generators, as they are published, against one server.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EventSource } from 'eventsource';
import openapiTS, { astToString } from 'openapi-typescript';
import PocketBase from 'pocketbase';
import { authProvider, dataProvider, liveProvider } from 'refine-pocketbase';
import { email, password, startServer } from '../support/server.mjs';
import { loaderContext } from './astro-host.mjs';
import { newProject } from './compile.mjs';

const { pocketbaseLiveLoader, pocketbaseLoader } = await import('astro-loader-pocketbase');
const ann = { email: 'ann@example.com', password: 'correct-horse-9' };
const at = name => fileURLToPath(new URL(name, import.meta.url));

describe('Clients', () => {
  let server, root, project, annId;
  before(async () => {
    [server, project] = await Promise.all([startServer(), newProject()]);
    root = await server.superuser();
    const open = { type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' };
    const dates = [{ name: 'created', type: 'autodate', onCreate: true }, { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true }];
    // Hearth has tables of its own for these; the names belong to the app.
    await root.collections.create({
      ...open, name: 'sessions', fields: [
        { name: 'title', type: 'text', required: true }, { name: 'seats', type: 'number' }, { name: 'kind', type: 'select', values: ['talk', 'workshop'] },
        { name: 'tags', type: 'select', maxSelect: 3, values: ['a', 'b', 'c'] }, { name: 'extra', type: 'json' }, { name: 'place', type: 'geoPoint' },
        { name: 'speaker', type: 'relation', collectionId: '_pb_users_auth_' }, { name: 'mail', type: 'email' }, { name: 'link', type: 'url' }, ...dates,
      ],
    });
    await root.collections.create({ ...open, name: 'mails', fields: [{ name: 'subject', type: 'text' }, { name: 'paper', type: 'file' }, ...dates] });
    await root.collections.update('users', { totp: { enabled: true } });
    annId = (await root.collection('users').create({ ...ann, passwordConfirm: ann.password })).id;
  });
  after(async () => {
    await project?.remove();
    await server?.stop();
  });

  it('pocketbase-typegen and openapi-typescript make types that compile', async () => {
    const cli = at('../node_modules/pocketbase-typegen/dist/cli.js');
    await new Promise((resolve, reject) => execFile(process.execPath, [cli, '--url', server.url, '--email', email, '--password', password, '--out', project.path('pocketbase-types.ts')],
      { cwd: project.path('.') }, (error, stdout, stderr) => error ? reject(new Error(`${stdout}${stderr}`)) : resolve()));
    const types = await readFile(project.path('pocketbase-types.ts'), 'utf8');
    assert.match(types, /export type SessionsRecord<Textra = unknown> = \{/);
    assert.match(types, /export type MailsRecord = \{/);
    await project.write('api.d.ts', astToString(await openapiTS(new URL(`${server.url}/api/openapi.json`))));
    await copyFile(at('openapi-round.ts'), project.path('openapi-round.ts'));
    await copyFile(at('typegen-use.ts'), project.path('typegen-use.ts'));
    assert.deepEqual(project.compile('openapi-round.ts', 'typegen-use.ts', 'pocketbase-types.ts'), []);
  });

  it('the typed SDK reads and writes what the types say', async () => {
    const { titles } = await project.load('typegen-use.js');
    assert.deepEqual(await titles(server.url), ['typed', '3']);
  });

  it('a client made from the OpenAPI document adds, lists, changes and removes', async () => {
    const { crud } = await project.load('openapi-round.js');
    assert.deepEqual(await crud(server.url), ['one', '3', 'talk', 'two', 'two']);
  });

  it('a client made from the OpenAPI document uploads', async () => {
    const { upload } = await project.load('openapi-round.js');
    assert.equal(await upload(server.url, 'hello'), 'hello');
  });

  it('a client made from the OpenAPI document signs in with a second factor', async () => {
    const { secondFactor } = await project.load('openapi-round.js');
    const who = await root.collection('users').create({ email: 'bob@example.com', password: ann.password, passwordConfirm: ann.password });
    const code = (secret, later) => execFileSync('oathtool', ['--totp', '--base32', '--now', `@${Math.floor(Date.now() / 1000) + later * 30}`, secret]).toString().trim();
    assert.equal(await secondFactor(server.url, 'bob@example.com', ann.password, code), who.id);
  });

  it('refine-pocketbase: data', async () => {
    const data = dataProvider(new PocketBase(server.url));
    const resource = 'sessions';
    const made = [];
    for (const [title, seats] of [["Ann's", 5], ['b', 10], ['c', 20]]) made.push((await data.create({ resource, variables: { title, seats, speaker: annId } })).data);
    const list = await data.getList({
      resource, pagination: { currentPage: 1, pageSize: 2 }, sorters: [{ field: 'seats', order: 'desc' }],
      filters: [{ field: 'seats', operator: 'gte', value: 5 }, { operator: 'or', value: [{ field: 'title', operator: 'eq', value: "Ann's" }, { field: 'title', operator: 'in', value: ['b', 'c'] }] }],
      meta: { expand: ['speaker'] },
    });
    assert.deepEqual([list.total, list.data.map(one => one.title)], [3, ['c', 'b']]);
    assert.equal((await data.update({ resource, id: made[0].id, variables: { seats: 6 } })).data.seats, 6);
    assert.deepEqual((await data.getOne({ resource, id: made[0].id, meta: { fields: ['title'] } })).data, { title: "Ann's" });
    await assert.rejects(data.create({ resource, variables: { title: '' } }), error => error.statusCode === 400 && error.errors.title === 'Cannot be blank.');
    await assert.rejects(data.getOne({ resource, id: 'nothing' }), error => error.statusCode === 404);
    for (const { id } of made) assert.deepEqual((await data.deleteOne({ resource, id })).data, { id });
  });

  it('refine-pocketbase: accounts and live updates', async () => {
    globalThis.EventSource ??= EventSource;
    const pb = new PocketBase(server.url);
    const auth = authProvider(pb);
    assert.equal((await auth.register({ email: 'cy@example.com', password: ann.password })).success, true);
    assert.equal((await auth.login({ email: 'cy@example.com', password: 'wrong-horse-9' })).success, false);
    assert.equal((await auth.login({ email: 'cy@example.com', password: ann.password })).success, true);
    assert.equal((await auth.check()).authenticated, true);
    assert.equal((await auth.getIdentity()).email, 'cy@example.com');
    const live = liveProvider(pb);
    const heard = later();
    const listening = live.subscribe({ channel: 'resources/mails', callback: heard.resolve });
    await listening;
    await root.collection('mails').create({ subject: 'heard' });
    const event = await heard.promise;
    assert.deepEqual([event.type, event.payload.subject], ['create', 'heard']);
    await live.unsubscribe(listening);
    pb.realtime.unsubscribe();
    assert.equal((await auth.logout()).success, true);
  });

  it('astro-loader-pocketbase loads, keeps up and knows the schema', async () => {
    const mail = await root.collection('mails').create({ subject: 'first', paper: new File(['x'], 'x.txt') });
    const options = { url: server.url, collectionName: 'mails', contentFields: 'subject', updatedField: 'updated', superuserCredentials: { email, password } };
    const loader = pocketbaseLoader(options);
    const { types } = await loader.createSchema();
    assert.match(types, /subject/);
    const context = loaderContext();
    await loader.load(context);
    assert.equal(context.store.get(mail.id).data.subject, 'first');
    await root.collection('mails').update(mail.id, { subject: 'second' });
    await loader.load(context);
    assert.equal(context.store.get(mail.id).data.subject, 'second');
    await root.collection('mails').delete(mail.id);
    await loader.load(context);
    assert.equal(context.store.has(mail.id), false);
    const kept = await root.collection('mails').create({ subject: 'live' });
    const entry = await pocketbaseLiveLoader(options).loadEntry({ filter: { id: kept.id } });
    assert.equal(entry.data.subject, 'live');
    const found = await pocketbaseLiveLoader(options).loadCollection({ filter: { filter: "subject = 'live'" } });
    assert.deepEqual(found.entries.map(one => one.id), [kept.id]);
  });
});

function later() {
  let resolve;
  const promise = new Promise(done => { resolve = done; });
  return { promise, resolve };
}

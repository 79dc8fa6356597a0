// pb.collection(c).subscribe: events of records under their rules (contract 9.3, 9.4, SDK list 15).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endAll, listen, short } from '../support/live.mjs';
import { startServer } from '../support/server.mjs';

describe('events of records', () => {
  let server, pb, guest, ann, bob, made;
  const secret = 'quite-a-good-one-7';
  const open = { type: 'base', listRule: '', viewRule: '' };

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    guest = server.guest();
    for (const name of ['ann', 'bob']) await pb.collection('users').create({ name, email: `${name}@example.com`, password: secret, passwordConfirm: secret, verified: true });
    [ann, bob] = await Promise.all(['ann', 'bob'].map(name => server.user(`${name}@example.com`, secret)));
    const users = await pb.collections.getOne('users');
    made = await pb.collections.create({
      name: 'notes', ...open, listRule: 'owner = @request.auth.id || public = true', viewRule: 'owner = @request.auth.id',
      fields: [
        { name: 'title', type: 'text' }, { name: 'public', type: 'bool' }, { name: 'secret', type: 'text', hidden: true }, { name: 'n', type: 'number' },
        { name: 'owner', type: 'relation', collectionId: users.id, maxSelect: 1 },
      ],
    });
    await pb.collections.create({ name: 'parts', ...open, listRule: '@collection.notes.id ?= note && note.owner = @request.auth.id', fields: [
      { name: 'title', type: 'text' }, { name: 'note', type: 'relation', collectionId: made.id, maxSelect: 1, cascadeDelete: true }] });
    await pb.collections.create({ name: 'links', ...open, fields: [{ name: 'title', type: 'text' }, { name: 'note', type: 'relation', collectionId: made.id, maxSelect: 1 }] });
    await pb.collections.create({ name: 'locked', type: 'base', fields: [{ name: 'title', type: 'text' }] });
  });
  after(async () => {
    await endAll();
    await server?.stop();
  });

  it('create, update and delete come to who may see them, after the rule of the topic', async () => {
    const all = await Promise.all([pb, guest, ann, bob].map(client => listen(client.collection('notes'), '*')));
    const [root, nobody, anns, bobs] = all;
    const note = await pb.collection('notes').create({ title: 'a', owner: ann.authStore.record.id, secret: 's', n: 1 });
    const one = await listen(ann.collection('notes'), note.id);
    const other = await listen(bob.collection('notes'), note.id);
    await pb.collection('notes').update(note.id, { title: 'b', public: true });
    await pb.collection('notes').delete(note.id);
    const [created, updated, deleted] = await anns.next(3);
    assert.deepEqual([created, updated, deleted].map(short), ['create a', 'update b', 'delete b']);
    assert.deepEqual({ ...created.record }, { collectionId: made.id, collectionName: 'notes', id: note.id, title: 'a', public: false, n: 1, owner: ann.authStore.record.id });
    assert.deepEqual(deleted.record, updated.record);
    assert.deepEqual((await one.next(2)).map(short), ['update b', 'delete b']);
    const seen = await root.next(3);
    assert.deepEqual(seen.map(short), ['create a', 'update b', 'delete b']);
    assert.equal(seen[0].record.secret, 's');
    assert.deepEqual((await nobody.next(2)).map(short), ['update b', 'delete b']);
    assert.deepEqual((await bobs.next(2)).map(short), ['update b', 'delete b']);
    assert.deepEqual(other.events, [], 'the view rule decides for one record');
  });

  it('a collection without rule is for superusers only; names and ids both name a collection, in their exact form', async () => {
    const closed = await listen(ann.collection('locked'), '*');
    const free = await listen(pb.collection('locked'), '*');
    const byId = await listen(pb.realtime, `${(await pb.collections.getOne('locked')).id}/*`);
    const legacy = await listen(pb.realtime, 'locked');
    const otherCase = await listen(pb.realtime, 'LOCKED/*');
    const unknown = await listen(pb.realtime, 'nothing/*');
    await pb.collection('locked').create({ title: 'x' });
    for (const heard of [free, byId, legacy]) assert.deepEqual((await heard.next()).map(short), ['create x']);
    assert.deepEqual([...closed.events, ...otherCase.events, ...unknown.events], []);
  });

  it('topics have a filter, expand and fields of their own; rules see their query and headers', async () => {
    await pb.collections.create({ name: 'asked', ...open, listRule: '@request.query.key = title || @request.headers.x_key = title', fields: [{ name: 'title', type: 'text' }] });
    const links = guest.collection('links');
    const filtered = await listen(links, '*', { filter: 'title ~ "yes"' });
    const forbidden = await listen(links, '*', { filter: '@collection.notes.title != "z"' });
    const broken = await listen(links, '*', { filter: 'nothing = 1' });
    const few = await listen(links, '*', { fields: 'title' });
    const expanded = await listen(ann.collection('links'), '*', { expand: 'note' });
    const byQuery = await listen(guest.collection('asked'), '*', { query: { key: 'q' } });
    const byHeader = await listen(guest.collection('asked'), '*', { headers: { 'X-Key': 'h' } });
    const note = await pb.collection('notes').create({ title: 'target', owner: ann.authStore.record.id });
    await pb.collection('links').create({ title: 'no', note: note.id });
    await pb.collection('links').create({ title: 'yes', note: note.id });
    for (const title of ['q', 'h', 'other']) await pb.collection('asked').create({ title });
    assert.deepEqual((await filtered.next()).map(short), ['create yes']);
    assert.deepEqual((await few.next(2)).map(e => e.record), [{ title: 'no' }, { title: 'yes' }]);
    assert.equal((await expanded.next(2))[0].record.expand.note.title, 'target');
    assert.deepEqual((await byQuery.next()).map(short), ['create q']);
    assert.deepEqual((await byHeader.next()).map(short), ['create h']);
    assert.deepEqual([...filtered.events, ...forbidden.events, ...broken.events, ...byQuery.events, ...byHeader.events], []);
  });

  it('a record goes with what hangs on it: each is told by itself', async () => {
    const note = await pb.collection('notes').create({ title: 'whole', owner: ann.authStore.record.id });
    for (const title of ['p1', 'p2']) await pb.collection('parts').create({ title, note: note.id });
    const link = await pb.collection('links').create({ title: 'l', note: note.id });
    const parts = await listen(ann.collection('parts'), '*');
    const links = await listen(guest.collection('links'), '*');
    const notes = await listen(ann.collection('notes'), '*');
    await pb.collection('notes').delete(note.id);
    assert.deepEqual((await notes.next()).map(short), ['delete whole']);
    assert.deepEqual((await parts.next(2)).map(short).sort(), ['delete p1', 'delete p2']);
    const [changed] = await links.next();
    assert.deepEqual([changed.action, changed.record.id, changed.record.note], ['update', link.id, '']);
  });

  it('batches, many at once and emptying a collection tell of each record; what failed tells nothing', async () => {
    const heard = await listen(guest.collection('links'), '*');
    const batch = pb.createBatch();
    for (let n = 0; n < 5; n++) batch.collection('links').create({ title: `b${n}` });
    await pb.settings.update({ batch: { enabled: true, maxRequests: 50, timeout: 3 } });
    await batch.send();
    const failing = pb.createBatch();
    failing.collection('links').create({ title: 'never' });
    failing.collection('links').create({ id: 'bad id' });
    await assert.rejects(failing.send());
    assert.deepEqual((await heard.next(5)).map(short), [0, 1, 2, 3, 4].map(n => `create b${n}`));
    const count = (await pb.collection('links').getList(1, 1)).totalItems;
    await pb.collections.truncate('links');
    assert.deepEqual((await heard.next(count)).map(e => e.action), Array(count).fill('delete'));
    assert.deepEqual(heard.events, []);
  });

  it('every event has a position, and they rise', async () => {
    const heard = await listen(guest.collection('links'), '*');
    for (let n = 0; n < 3; n++) await pb.collection('links').create({ title: `n${n}` });
    const positions = (await heard.next(3)).map(e => e.position.split('.'));
    assert.equal(new Set(positions.map(p => p[0])).size, 1);
    const numbers = positions.map(p => Number(p[1]));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.equal(new Set(numbers).size, 3);
  });

  it('unsubscribing ends it, and the stream of another account is refused', async () => {
    const heard = await listen(guest.collection('links'), '*');
    const kept = await listen(guest.collection('notes'), '*');
    await heard.end();
    await pb.collection('links').create({ title: 'unheard' });
    await pb.collection('notes').create({ title: 'heard', public: true });
    await kept.next();
    assert.deepEqual(heard.events, []);
  });
});

// Rules: the outcome table (contract 4.5) for guest, user and superuser, and expressions over the request.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id, names } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

const secret = 'moss-lamp-57';
const operations = ['listRule', 'viewRule', 'createRule', 'updateRule', 'deleteRule'];
const every = rule => Object.fromEntries(operations.map(name => [name, rule]));

describe('rules', () => {
  let server, pb, guest, ann, ben;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    guest = server.guest();
    for (const name of ['ann', 'ben']) {
      await pb.collection('users').create({ id: id(name), email: `${name}@example.com`, password: secret, passwordConfirm: secret, name });
    }
    [ann, ben] = [await server.user('ann@example.com', secret), await server.user('ben@example.com', secret)];
    await pb.collections.create({ name: 'tags', type: 'base', ...every(''), fields: [{ name: 'name', type: 'text' }] });
    await pb.collection('tags').create({ id: id('t1'), name: 'red' });
    await pb.collection('tags').create({ id: id('t2'), name: 'green' });
    const tags = (await pb.collections.getOne('tags')).id;
    await pb.collections.create({
      name: 'notes', type: 'base', fields: [
        { name: 'title', type: 'text' },
        { name: 'owner', type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1 },
        { name: 'count', type: 'number' },
        { name: 'labels', type: 'select', values: ['a', 'b', 'c'], maxSelect: 3 },
        { name: 'tags', type: 'relation', collectionId: tags, maxSelect: 3 },
        { name: 'meta', type: 'json' },
        { name: 'secret', type: 'text', hidden: true },
      ],
    });
    await pb.collections.create({ name: 'members', type: 'base', fields: [{ name: 'user', type: 'relation', collectionId: '_pb_users_auth_', maxSelect: 1 }, { name: 'role', type: 'text' }] });
    await pb.collection('members').create({ user: id('ann'), role: 'editor' });
    await pb.collection('members').create({ user: id('ben'), role: 'reader' });
  });
  after(() => server?.stop());

  const rule = (name, value) => pb.collections.update('notes', { ...every(null), [name]: value });
  const reset = async () => {
    for (const note of await pb.collection('notes').getFullList()) await pb.collection('notes').delete(note.id);
    await pb.collection('notes').create({ id: id('n1'), title: 'one', owner: id('ann'), count: 1, secret: 'x' });
    await pb.collection('notes').create({ id: id('n2'), title: 'two', owner: id('ben'), count: 2 });
  };
  const statusOf = async promise => {
    try { await promise; return 200; } catch (error) { return error.status; }
  };

  describe('the outcome table', () => {
    before(reset);

    it('null: superusers only', async () => {
      await pb.collections.update('notes', every(null));
      for (const client of [guest, ann]) {
        const notes = client.collection('notes');
        for (const attempt of [() => notes.getList(), () => notes.getOne(id('n1')), () => notes.getOne(id('zz')), () => notes.create({ title: 'x' }), () => notes.update(id('n1'), { title: 'x' }), () => notes.update(id('zz'), { title: 'x' }), () => notes.delete(id('n1'))]) {
          await fails(attempt, 403, 'Only superusers can perform this action.', {});
        }
      }
      assert.equal((await pb.collection('notes').getList()).totalItems, 2);
      assert.equal((await pb.collection('notes').getOne(id('n1'))).title, 'one');
      await fails(pb.collection('notes').getOne(id('zz')), 404, 'The requested resource wasn\'t found.', {});
    });

    it('empty: everybody', async () => {
      await pb.collections.update('notes', every(''));
      const notes = guest.collection('notes');
      assert.equal((await notes.getList()).totalItems, 2);
      const made = await notes.create({ title: 'new' });
      assert.equal((await notes.update(made.id, { title: 'newer' })).title, 'newer');
      assert.equal((await notes.getOne(made.id)).title, 'newer');
      assert.equal(await notes.delete(made.id), true);
      for (const attempt of [() => notes.getOne(made.id), () => notes.update(made.id, { title: 'x' }), () => notes.delete(made.id)]) {
        await fails(attempt, 404, 'The requested resource wasn\'t found.', {});
      }
    });

    it('an expression: filters lists, 404 for single records, 400 for create', async () => {
      await pb.collections.update('notes', every('owner = @request.auth.id && @request.auth.id != ""'));
      assert.deepEqual(names(await ann.collection('notes').getList()), ['n1']);
      assert.deepEqual(names(await ben.collection('notes').getList()), ['n2']);
      assert.deepEqual({ ...await guest.collection('notes').getList() }, { page: 1, perPage: 30, totalItems: 0, totalPages: 0, items: [] });
      assert.deepEqual(names(await pb.collection('notes').getList()), ['n1', 'n2']);
      assert.equal((await ann.collection('notes').getOne(id('n1'))).title, 'one');
      for (const client of [guest, ben]) {
        const notes = client.collection('notes');
        for (const attempt of [() => notes.getOne(id('n1')), () => notes.update(id('n1'), { title: 'x' }), () => notes.delete(id('n1'))]) {
          await fails(attempt, 404, 'The requested resource wasn\'t found.', {});
        }
        await fails(notes.create({ title: 'x', owner: id('ann') }), 400, 'Failed to create record.', {});
      }
      const made = await ben.collection('notes').create({ title: 'mine', owner: id('ben') });
      assert.equal(await ben.collection('notes').delete(made.id), true);
      assert.equal((await pb.collection('notes').getOne(id('n1'))).title, 'one');
    });

    it('an update is judged by the stored row', async () => {
      await rule('updateRule', 'owner = @request.auth.id');
      const given = await ann.collection('notes').update(id('n1'), { owner: id('ben') });
      assert.equal(given.owner, id('ben'));
      await fails(ann.collection('notes').update(id('n1'), { owner: id('ann') }), 404);
      await pb.collection('notes').update(id('n1'), { owner: id('ann') });
    });
  });

  // What a create must say to pass. The third column is a body (or options) that passes, the fourth one that does not.
  const creates = [
    ['@request.body.title = "a"', { title: 'a' }, { title: 'b' }],
    ['title = "a"', { title: 'a' }, { title: 'b' }],
    ['@request.body.title:isset = true', { title: '' }, {}],
    ['@request.body.title:isset = false', {}, { title: 'a' }],
    ['@request.body.title:lower = "abc"', { title: 'ABC' }, { title: 'ABD' }],
    ['@request.body.count > 5', { count: 6 }, { count: 5 }],
    ['count > 5', { count: '6' }, { count: 'x' }],
    ['@request.body.labels:length = 2', { labels: ['a', 'b'] }, { labels: ['a'] }],
    ['@request.body.labels:each != "c"', { labels: ['a', 'b'] }, { labels: ['a', 'c'] }],
    ['@request.body.labels:each ?= "c"', { labels: ['a', 'c'] }, { labels: ['a', 'b'] }],
    ['labels:length > 1', { labels: ['a', 'b'] }, { labels: 'a' }],
    ['@request.body.tags.name ?= "red"', { tags: [id('t1'), id('t2')] }, { tags: [id('t2')] }],
    ['@request.body.tags.name = "red"', { tags: [id('t1')] }, { tags: [id('t1'), id('t2')] }],
    ['tags.name ?= "red"', { tags: [id('t1')] }, { tags: [] }],
    ['owner.name = "ann"', { owner: id('ann') }, { owner: id('ben') }],
    ['@request.body.owner.name = "ann"', { owner: id('ann') }, { owner: id('ben') }],
    ['@request.body.meta.level = 3', { meta: { level: 3 } }, { meta: { level: 4 } }],
    ['@request.body.unknown = "x"', { unknown: 'x' }, {}],
    ['@request.method = "POST"', {}, null],
    ['@request.context = "default"', {}, null],
    ['@request.body.secret:isset = false', { secret: 'x' }, null],
    ['id = "n50000000000000"', { id: id('n5') }, { id: id('n6') }],
    ['@collection.notes.title ?= "one"', {}, null],
    ['@collection.notes.title ?= "fresh"', null, { title: 'fresh' }],
    ['@collection.tags.name ?= title', { title: 'red' }, { title: 'blue' }],
  ];

  describe('create rules', () => {
    before(reset);
    for (const [expression, yes, no] of creates) {
      it(expression, async () => {
        await rule('createRule', expression);
        if (yes) {
          const made = await guest.collection('notes').create(yes);
          await pb.collection('notes').delete(made.id);
        }
        if (no) await fails(guest.collection('notes').create(no), 400, 'Failed to create record.', {});
      });
    }
  });

  describe('rules over the query, headers and caller', () => {
    before(reset);
    const list = async (expression, options = {}, client = guest) => {
      await rule('listRule', expression);
      return names(await client.collection('notes').getList(1, 30, options)).join(' ');
    };

    it('@request.query', async () => {
      assert.equal(await list('@request.query.key = "k"', { key: 'k' }), 'n1 n2');
      assert.equal(await list('@request.query.key = "k"', { key: 'l' }), '');
      assert.equal(await list('@request.query.key:isset = true'), '');
      assert.equal(await list('title = @request.query.want', { want: 'two' }), 'n2');
    });

    it('@request.headers', async () => {
      assert.equal(await list('@request.headers.x_key = "1"', { headers: { 'X-Key': '1' } }), 'n1 n2');
      assert.equal(await list('@request.headers.x_key = "1"'), '');
      assert.equal(await list('@request.headers.content_type ~ "json"'), 'n1 n2');
    });

    it('@request.auth and its relations', async () => {
      assert.equal(await list('@request.auth.name = "ann"', {}, ann), 'n1 n2');
      assert.equal(await list('@request.auth.name = "ann"', {}, ben), '');
      assert.equal(await list('@request.auth.id = ""'), 'n1 n2');
      assert.equal(await list('@request.auth.collectionName = "users" && @request.auth.email = "ben@example.com"', {}, ben), 'n1 n2');
      assert.equal(await list('@request.auth.verified = false', {}, ben), 'n1 n2');
      assert.equal(await list('@request.auth.members_via_user.role ?= "editor"', {}, ann), 'n1 n2');
      assert.equal(await list('@request.auth.members_via_user.role ?= "editor"', {}, ben), '');
    });

    it('@collection with any and with all', async () => {
      assert.equal(await list('@collection.members.user ?= @request.auth.id', {}, ann), 'n1 n2');
      assert.equal(await list('@collection.members.user ?= @request.auth.id && @collection.members.role ?= "editor"', {}, ben), '');
      assert.equal(await list('@collection.members.user = @request.auth.id', {}, ann), '');
    });

    it('hidden fields may be used by rules, and a rule joins with the filter', async () => {
      assert.equal(await list('secret = "x"'), 'n1');
      assert.equal(await list('count > 0', { filter: 'title = "two"' }), 'n2');
      assert.equal(await list('count > 1', { filter: 'title = "one" || title = "two"' }), 'n2');
    });
  });

  describe('update rules', () => {
    before(reset);
    const update = async (expression, body, client = guest) => {
      await rule('updateRule', expression);
      return statusOf(client.collection('notes').update(id('n1'), body));
    };

    it(':changed means submitted and different', async () => {
      assert.equal(await update('@request.body.title:changed = false', { title: 'one' }), 200);
      assert.equal(await update('@request.body.title:changed = false', { count: 1 }), 200);
      assert.equal(await update('@request.body.title:changed = false', { title: 'other' }), 404);
      assert.equal(await update('@request.body.title:changed = true', { title: 'one' }), 404);
    });

    it('sees the result of modifiers in the body, and the old value in the field', async () => {
      assert.equal(await update('@request.body.count = 4', { 'count+': 3 }), 200);
      assert.equal(await update('count = 4 && @request.body.count = 3', { 'count-': 1 }), 200);
      assert.equal(await update('@request.body.labels:length = 2', { 'labels+': ['a', 'b'] }), 200);
      assert.equal(await update('@request.body.labels:length = 2', { 'labels-': 'a' }), 404);
    });

    it('sees the method', async () => {
      assert.equal(await update('@request.method = "PATCH"', {}), 200);
    });
  });

  it('refuses an invalid rule when it is saved', async () => {
    for (const bad of ['nope = 1', 'title =', '@request.foo = 1', 'title:nope = 1', '@collection.nope.id = 1']) {
      for (const operation of operations) {
        const error = await fails(pb.collections.update('notes', { [operation]: bad }), 400, 'Failed to update collection.', { [operation]: 'validation_invalid_rule' });
        assert.match(error.data[operation].message, /^Invalid rule\. Raw error: /);
      }
    }
  });

  it('ignores writes to hidden fields by others than superusers', async () => {
    await reset();
    await pb.collections.update('notes', every(''));
    await guest.collection('notes').update(id('n1'), { secret: 'taken', title: 'seen' });
    const stored = await pb.collection('notes').getOne(id('n1'));
    assert.deepEqual([stored.secret, stored.title], ['x', 'seen']);
    assert.equal('secret' in await guest.collection('notes').getOne(id('n1')), false);
  });

  it('treats a missing, broken or foreign token as a guest', async () => {
    await pb.collections.update('notes', every(''));
    const tokens = ['', 'x', 'Bearer', 'Bearer x.y.z', 'a.b.c', pb.authStore.token.slice(0, -2) + 'xx', 'Basic YTpi'];
    for (const token of tokens) {
      const { status, json } = await call(server, 'GET', '/api/collections/notes/records', { headers: { Authorization: token } });
      assert.deepEqual([status, json.totalItems], [200, 2], token);
      assert.equal((await call(server, 'GET', '/api/settings', { headers: { Authorization: token } })).status, 401, token);
    }
    for (const token of [pb.authStore.token, `Bearer ${pb.authStore.token}`, `bearer ${pb.authStore.token}`, `BEARER ${pb.authStore.token}`]) {
      assert.equal((await call(server, 'GET', '/api/settings', { headers: { Authorization: token } })).status, 200);
    }
    assert.equal((await call(server, 'GET', '/api/settings', { headers: { Authorization: ann.authStore.token } })).status, 403);
  });
});

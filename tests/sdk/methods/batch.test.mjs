// pb.createBatch(): many writes, all or nothing (contract 6.8).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id, names } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('pb.createBatch()', () => {
  let server, pb, tasks;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({
      name: 'tasks', type: 'base', listRule: '', viewRule: '', createRule: 'title != "forbidden"', updateRule: 'locked = false', deleteRule: null, fields: [
        { name: 'title', type: 'text', required: true }, { name: 'n', type: 'number' }, { name: 'locked', type: 'bool' },
      ],
    });
    tasks = pb.collection('tasks');
  });
  after(() => server?.stop());

  const switchOn = (more = {}) => pb.settings.update({ batch: { enabled: true, maxRequests: 50, timeout: 30, maxBodySize: 0, ...more } });
  const count = async () => (await tasks.getList()).totalItems;

  it('is off at first', async () => {
    const batch = pb.createBatch();
    batch.collection('tasks').create({ title: 'x' });
    await fails(batch.send(), 403, 'Batch requests are not allowed.', {});
    await switchOn();
  });

  it('creates, updates, upserts and deletes in order', async () => {
    await tasks.create({ id: id('old'), title: 'old' });
    await tasks.create({ id: id('gone'), title: 'gone' });
    const batch = pb.createBatch();
    batch.collection('tasks').create({ id: id('a'), title: 'A' });
    batch.collection('tasks').update(id('a'), { 'n+': 5 });
    batch.collection('tasks').upsert({ id: id('old'), title: 'renewed' });
    batch.collection('tasks').upsert({ id: id('b'), title: 'B' });
    batch.collection('tasks').upsert({ title: 'no id' });
    batch.collection('tasks').delete(id('gone'));
    const results = await batch.send();
    assert.deepEqual(results.map(result => result.status), [200, 200, 200, 200, 200, 204]);
    assert.deepEqual(results.map(result => result.body?.title ?? null), ['A', 'A', 'renewed', 'B', 'no id', null]);
    assert.equal(results[1].body.n, 5);
    assert.equal(results[0].body.collectionName, 'tasks');
    assert.deepEqual((await tasks.getFullList()).map(task => task.title).sort(), ['A', 'B', 'no id', 'renewed']);
    await pb.collections.truncate('tasks');
  });

  it('writes nothing when one item fails, and names that item', async () => {
    const batch = pb.createBatch();
    batch.collection('tasks').create({ title: 'fine' });
    batch.collection('tasks').create({ title: '' });
    batch.collection('tasks').create({ title: '' });
    const error = await fails(batch.send(), 400, 'Batch transaction failed.');
    assert.deepEqual(error.data, {
      requests: {
        1: {
          code: 'batch_request_failed', message: 'Batch request failed.',
          response: { status: 400, message: 'Failed to create record.', data: { title: { code: 'validation_required', message: 'Cannot be blank.' } } },
        },
      },
    });
    assert.equal(await count(), 0);
  });

  it('judges each item by the rules of its caller', async () => {
    await tasks.create({ id: id('lock'), title: 'x', locked: true });
    const guest = server.guest();
    const attempt = async (fill, status) => {
      const batch = guest.createBatch();
      batch.collection('tasks').create({ title: 'ok' });
      fill(batch.collection('tasks'));
      const error = await fails(batch.send(), 400, 'Batch transaction failed.');
      assert.equal(error.data.requests[1].response.status, status);
      assert.equal(await count(), 1);
    };
    await attempt(list => list.create({ title: 'forbidden' }), 400);
    await attempt(list => list.update(id('lock'), { title: 'y' }), 404);
    await attempt(list => list.delete(id('lock')), 403);
    await attempt(list => list.update(id('nope'), { title: 'y' }), 404);
    const batch = guest.createBatch();
    batch.collection('tasks').create({ title: 'ok' });
    assert.deepEqual((await batch.send()).map(result => result.status), [200]);
    await pb.collections.truncate('tasks');
  });

  it('lets rules see earlier items, the item\'s method and the context "batch"', async () => {
    await pb.collections.update('tasks', { createRule: '@request.context = "batch" && @request.method = "POST" && (title = "first" || @collection.tasks.title ?= "first")' });
    const guest = server.guest();
    await fails(guest.collection('tasks').create({ title: 'first' }), 400);
    const batch = guest.createBatch();
    batch.collection('tasks').create({ title: 'first' });
    batch.collection('tasks').create({ title: 'second' });
    assert.deepEqual((await batch.send()).map(result => result.status), [200, 200]);
    await pb.collections.update('tasks', { createRule: '' });
    await pb.collections.truncate('tasks');
  });

  it('passes query options and headers on to the item', async () => {
    await pb.collections.update('tasks', { createRule: '@request.query.key = "k" && @request.headers.x_trace = "7"' });
    const batch = server.guest().createBatch();
    batch.collection('tasks').create({ title: 'with query' }, { key: 'k', fields: 'title', headers: { 'X-Trace': '7' } });
    assert.deepEqual((await batch.send()).map(result => result.body), [{ title: 'with query' }]);
    await pb.collections.update('tasks', { createRule: '' });
    await pb.collections.truncate('tasks');
  });

  const send = (body, token = pb.authStore.token) => call(server, 'POST', '/api/batch', { body, token });
  const at = '/api/collections/tasks/records';

  it('takes plain JSON too', async () => {
    const { status, json } = await send({ requests: [{ method: 'POST', url: `${at}?fields=title`, body: { title: 'j' } }, { method: 'PUT', url: at, body: { id: id('j2'), title: 'k' } }, { method: 'DELETE', url: `${at}/${id('j2')}` }] });
    assert.equal(status, 200);
    assert.deepEqual(json.map(item => item.status), [200, 200, 204]);
    assert.deepEqual([json[0].body, json[2].body], [{ title: 'j' }, null]);
    await pb.collections.truncate('tasks');
  });

  it('never takes the authorization of an item', async () => {
    await pb.collections.update('tasks', { createRule: null });
    const { status, json } = await send({ requests: [{ method: 'POST', url: at, body: { title: 'x' }, headers: { Authorization: pb.authStore.token } }] }, '');
    assert.equal(status, 400);
    assert.equal(json.data.requests[0].response.status, 403);
    await pb.collections.update('tasks', { createRule: '' });
  });

  it('refuses what is not a batch', async () => {
    for (const requests of [
      [{ method: 'GET', url: at }], [{ method: 'POST', url: '/api/settings', body: {} }], [{ method: 'PATCH', url: at, body: {} }],
      [{ method: 'POST', url: '/nope', body: {} }], [{ method: 'POST', url: '/api/batch', body: { requests: [] } }], [{ method: 'PUT', url: `${at}/${id('x')}`, body: {} }],
    ]) {
      const { status, json } = await send({ requests });
      assert.equal(status, 400, JSON.stringify(requests));
      assert.ok(json.data.requests?.[0], JSON.stringify(json));
    }
    for (const requests of [[{ method: 'TRACE', url: at }], [{ method: 'POST', url: '' }], [{ url: at }], [{ method: 'POST', url: `${at}?x=${'a'.repeat(2000)}` }]]) {
      const { status, json } = await send({ requests });
      assert.deepEqual([status, json.message], [400, 'Invalid batch request data.'], JSON.stringify(requests).slice(0, 80));
      assert.ok(json.data.requests?.[0]);
    }
    for (const body of [{}, { requests: null }, { requests: 'x' }, { requests: {} }, { requests: [5] }, []]) assert.equal((await send(body)).status, 400, JSON.stringify(body));
    assert.equal(await count(), 0);
  });

  it('keeps its limits', async () => {
    await switchOn({ maxRequests: 2 });
    const three = Array.from({ length: 3 }, () => ({ method: 'POST', url: at, body: { title: 'x' } }));
    const { status, json } = await send({ requests: three });
    assert.deepEqual([status, json.message], [400, 'Invalid batch request data.']);
    assert.deepEqual(Object.keys(json.data), ['requests']);
    await switchOn({ maxBodySize: 300 });
    assert.equal((await send({ requests: [{ method: 'POST', url: at, body: { title: 'x'.repeat(400) } }] })).status, 413);
    assert.equal((await send({ requests: [{ method: 'POST', url: at, body: { title: 'short' } }] })).status, 200);
    await switchOn();
  });

  it('a unique clash inside one batch undoes all of it', async () => {
    await pb.collections.truncate('tasks');
    const batch = pb.createBatch();
    for (const name of ['a1', 'a2', 'a1']) batch.collection('tasks').create({ id: id(name), title: name });
    const error = await fails(batch.send(), 400, 'Batch transaction failed.');
    assert.deepEqual(Object.keys(error.data.requests), ['2']);
    assert.deepEqual(names(await tasks.getFullList()), []);
  });
});

// pb.logs: requests as they happened (contract 10.6).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dateForm, fails } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('pb.logs', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({ name: 'things', type: 'base', listRule: '' });
  });
  after(() => server?.stop());

  /** Who reads the log sees what was answered before; a request is noted a moment after its answer. */
  const logged = async (filter, atLeast = 1) => {
    for (let attempt = 0; attempt < 1200; attempt++) {
      const list = await pb.logs.getList(1, 50, { filter, sort: '-created' });
      if (list.items.length >= atLeast) return list.items;
      await sleep(25);
    }
    assert.fail(`no log came for ${filter}`);
  };

  it('getList finds requests by their data', async () => {
    await server.guest().collection('things').getList(1, 1, { marker: 'm1', headers: { 'User-Agent': 'tester/1', Referer: 'http://from.example/' } });
    const [log] = await logged('data.url ~ "m1"');
    assert.deepEqual(Object.keys(log).sort(), ['created', 'data', 'id', 'level', 'message']);
    assert.match(log.created, dateForm);
    assert.deepEqual([log.level, log.message.startsWith('GET /api/collections/things/records')], [0, true]);
    const { data } = log;
    assert.deepEqual([data.type, data.method, data.status, data.auth, data.userAgent, data.referer], ['request', 'GET', 200, '', 'tester/1', 'http://from.example/']);
    assert.match(data.url, /^\/api\/collections\/things\/records\?.*m1/);
    assert.equal(typeof data.execTime, 'number');
    assert.equal(data.userIP, '127.0.0.1');
    assert.equal(data.remoteIP, '127.0.0.1');
  });

  it('marks failures and the kind of caller', async () => {
    await fails(pb.collection('things').getOne('nope', { marker: 'm2' }), 404);
    const [log] = await logged('data.url ~ "m2"');
    assert.deepEqual([log.level, log.data.status, log.data.auth], [8, 404, '_superusers']);
    assert.ok('error' in log.data || 'details' in log.data);
    assert.ok((await logged('data.status >= 400 && level > 0')).length >= 1);
  });

  it('getOne', async () => {
    const [log] = await logged('data.url ~ "m1"');
    assert.deepEqual(await pb.logs.getOne(log.id), log);
    await fails(pb.logs.getOne('nope'), 404);
  });

  it('pages, sorts and filters, and refuses what it does not know', async () => {
    await logged('data.type = "request"', 3);
    const list = await pb.logs.getList(1, 2, { sort: 'created' });
    assert.deepEqual([list.page, list.perPage, list.items.length], [1, 2, 2]);
    assert.ok(list.items[0].created <= list.items[1].created);
    for (const options of [{ filter: 'nope = 1' }, { filter: 'data =' }, { sort: 'nope' }]) await fails(pb.logs.getList(1, 1, options), 400);
  });

  it('getStats counts by the hour', async () => {
    const stats = await pb.logs.getStats();
    assert.ok(stats.length >= 1);
    for (const entry of stats) {
      assert.deepEqual(Object.keys(entry).sort(), ['date', 'total']);
      assert.match(entry.date, /^\d{4}-\d\d-\d\d \d\d:00:00\.000Z$/);
    }
    const some = await pb.logs.getStats({ filter: 'data.url ~ "m1"' });
    assert.equal(some.reduce((sum, entry) => sum + entry.total, 0), 1);
    await fails(pb.logs.getStats({ filter: 'nope' }), 400, 'Invalid filter format.');
  });

  it('does not log its own reading', async () => {
    // Requests are logged in their order: what comes after them is there, and they are not.
    await pb.collection('things').getList(1, 1, { marker: 'after' });
    await logged('data.url ~ "after"');
    assert.equal((await pb.logs.getList(1, 1, { filter: 'data.url ~ "/api/logs%" && data.status < 400' })).totalItems, 0);
  });

  it('truncate removes all, with 204', async () => {
    assert.equal((await call(server, 'DELETE', '/api/logs', { token: pb.authStore.token })).status, 204);
    assert.equal((await pb.logs.getList(1, 1, { filter: 'data.url ~ "m1"' })).totalItems, 0);
    assert.equal(await pb.logs.truncate(), true);
    assert.equal((await call(server, 'DELETE', '/api/logs')).status, 401);
  });

  it('obeys the settings: no addresses, no logs', async () => {
    await pb.settings.update({ logs: { logIP: false, logAuthId: true } });
    await pb.collection('things').getList(1, 1, { marker: 'm3' });
    const [log] = await logged('data.url ~ "m3"');
    assert.equal('userIP' in log.data || 'remoteIP' in log.data, false);
    assert.equal(log.data.authId, pb.authStore.record.id);
    await pb.settings.update({ logs: { maxDays: 0 } });
    await pb.collection('things').getList(1, 1, { marker: 'm4' });
    await pb.settings.update({ logs: { maxDays: 5 } });
    await pb.collection('things').getList(1, 1, { marker: 'm5' });
    await logged('data.url ~ "m5"');
    assert.equal((await pb.logs.getList(1, 1, { filter: 'data.url ~ "m3" || data.url ~ "m4"' })).totalItems, 0);
  });

  it('is for superusers', async () => {
    const { logs } = server.guest();
    for (const attempt of [() => logs.getList(), () => logs.getOne('x'), () => logs.getStats(), () => logs.truncate()]) await fails(attempt, 401);
  });
});

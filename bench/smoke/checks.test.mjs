// What makes the figures trustworthy must be able to fail: unequal answers, refused requests, a lost record, a target that is missed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { DataSet, Chance } from '../runner/data.mjs';
import { checkEqual } from '../runner/equal.mjs';
import { Bank } from '../runner/soak/bank.mjs';
import { Client } from '../runner/soak/client.mjs';
import { targetRows } from '../runner/targets.mjs';
import { works } from '../runner/work.mjs';
import { load, writeRequests } from '../runner/wrk.mjs';
import { serve } from './setup.mjs';

const get = works.find(work => work.key === 'get');
const idOf = request => request.url.split('/').at(-1);
const entry = (title, url, isPeer = false) => ({
  contender: { title, isPeer, encode: request => ({ path: `/${request.id}` }), decode: (request, answer) => answer }, server: { url },
});

test('answers that differ stop a run', async t => {
  const data = new DataSet(1000);
  const right = await serve(t, request => ({ body: { id: idOf(request), title: 'a', more: 1 } }));
  const wrong = await serve(t, request => ({ body: { id: idOf(request), title: 'b', more: 1 } }));
  const poorer = await serve(t, request => ({ body: { id: idOf(request), title: 'a' } }));
  await checkEqual(get, data, [entry('one', right), entry('two', right)]);
  await assert.rejects(checkEqual(get, data, [entry('one', right), entry('two', wrong)]), /two answers otherwise than one/);
  await assert.rejects(checkEqual(get, data, [entry('one', right), entry('two', poorer)]), /two answers otherwise than one/);
  // A peer speaks another dialect: only what all know is compared.
  await checkEqual(get, data, [entry('one', right), entry('two', poorer, true)]);
  await assert.rejects(checkEqual(get, data, [entry('one', right), entry('two', wrong, true)]), /two answers otherwise than one/);
});

test('refused requests are counted', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-smoke-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const url = await serve(t, request => (request.url === '/bad' ? { status: 400, body: {} } : { body: {} }));
  const file = join(folder, 'requests');
  writeRequests(file, [{ path: '/good' }]);
  assert.equal((await load(url, file, 4, 0.2)).refused, 0);
  writeRequests(file, [{ path: '/good' }, { path: '/bad' }]);
  const { refused, requests } = await load(url, file, 4, 0.2);
  assert.ok(refused > 0 && refused < requests, `${refused} of ${requests}`);
});

test('the soak notices a record that was acknowledged and is gone', async t => {
  const stop = new AbortController();
  let writes = 0;
  const url = await serve(t, request => {
    if (request.method === 'POST' && ++writes === 20) stop.abort();
    return { body: {} };
  });
  const bank = new Bank(new Chance(1));
  // Reads find no value in these empty answers; the client then says so, which ends its work as well.
  const client = new Client(0, new Chance(7), bank);
  await client.work(url, stop.signal).catch(() => {});
  assert.ok(client.acknowledged > 0);
  assert.throws(() => client.check(new Map()), /is lost/);
});

test('a target is reached or not, and the worst work of a peer is named', () => {
  const result = (work, contender, perSecond, p99) => ({ work, contender, connections: 64, rounds: [{ perSecond, p99 }] });
  const report = {
    contenders: [{ key: 'hearth', title: 'Hearth' }, { key: 'empty', title: 'empty' }, { key: 'slow', title: 'Slow', isPeer: true }],
    processes: [{ key: 'hearth', idle: 79, own: 150, highest: 201, startMillis: 350 }],
    results: [
      result('get', 'hearth', 700, 1), result('get', 'empty', 1000, 1), result('get', 'slow', 100, 9),
      result('list', 'hearth', 400, 10), result('list', 'slow', 100, 9),
    ],
  };
  assert.deepEqual(targetRows(report), [
    ['Get one record by id, of empty', '>= 0.70', '0.70', 'yes'],
    ['Every work, of Slow: worst throughput', '>= 5.00', '4.00 (List 30, filter and sort on an index; 1 of 2 reach it)', 'no'],
    ["Every work, p99 of Slow over Hearth's: worst", '> 1.00', '0.90 (List 30, filter and sort on an index; 1 of 2 reach it)', 'no'],
    ['MiB after start', '<= 80', '79', 'yes'],
    ['MiB of its own at most under load', '<= 200', '150', 'yes'],
    ['MiB at most under load, with what it maps of the database file', '<= 200', '201', 'no'],
    ['Published (ReadyToRun), ms from start to first answer', '<= 350', '350', 'yes'],
  ]);
});

// Streams are opened, and many hear of a write.
import assert from 'node:assert/strict';
import test from 'node:test';
import { live } from '../runner/live.mjs';
import { moments, noRows, written } from './setup.mjs';

test('live updates are measured', async () => {
  const report = await live({ ...moments, mode: 'live', streams: 50, listeners: 20, writes: 10, engines: ['SQLite'], rows: noRows });
  assert.equal(report.engines.length, 1);
  for (const { idle, same, each } of report.engines) {
    assert.equal(idle.count, 50);
    for (const seen of [same, each]) assert.ok(seen.each.samples === 9 * 20 && seen.all.samples === 9 && seen.all.p99 >= seen.each.p50 && seen.each.p50 > 0);
  }
  assert.match(written('live.md'), /\| SQLite, one account +\| +[\d.]+ \|/);
});

// Three nodes on one PostgreSQL are measured: what it costs one of them, and when the others know.
import assert from 'node:assert/strict';
import test from 'node:test';
import { hasPostgres } from '../runner/contenders/postgres.mjs';
import { nodes } from '../runner/nodes.mjs';
import { moments, written } from './setup.mjs';

const missing = !hasPostgres() && process.env.CI !== 'true' && 'PostgreSQL is not installed';

test('the cost of being one of three nodes and the way of news are measured', { skip: missing }, async () => {
  const report = await nodes({ ...moments, seconds: 0.5, mode: 'nodes', changes: 5, only: ['get', 'create'] });
  assert.deepEqual(report.cost.map(entry => entry.work), ['get', 'create']);
  for (const { rounds } of report.cost) for (const { alone, three } of rounds) assert.ok(alone.perSecond > 0 && three.perSecond > 0);
  for (const { p50, p99, max } of report.news) assert.ok(p50 > 0 && p99 >= p50 && max >= p99 && max < 30_000);
  assert.match(written('nodes.md'), /\| settings +\| +[\d.]+ \|/);
});

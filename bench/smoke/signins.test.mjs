// Signing in is measured: steadily, in a storm, and what others see of it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { signIns } from '../runner/signins.mjs';
import { hasPostgres } from '../runner/contenders/postgres.mjs';
import { moments, onlyPosts, written } from './setup.mjs';

const engine = hasPostgres() ? 'PostgreSQL' : 'SQLite';

test('sign-ins and a storm of them are measured', async () => {
  const report = await signIns({ ...moments, seconds: 0.5, mode: 'signins', storm: 60, engines: [engine], rows: onlyPosts });
  assert.equal(report.engines.length, 1);
  for (const { rounds } of report.engines) {
    for (const { single, steady, quiet, storm, stormy } of rounds) {
      assert.ok(single.perSecond > 0 && steady.perSecond > 0);
      assert.equal(storm.done + storm.busy, 60);
      assert.ok(storm.p99 >= storm.p50 && storm.p50 > 0);
      for (const seen of [quiet, stormy]) assert.ok(seen.samples > 0 && seen.p99 >= seen.p50 && seen.p50 > 0);
    }
  }
  assert.match(written('sign-ins.md'), new RegExp(`\\| ${engine} +\\| +[\\d.]+ \\|`));
});

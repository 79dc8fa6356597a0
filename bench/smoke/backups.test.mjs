// A backup under write load is measured, and so is a restore.
import assert from 'node:assert/strict';
import test from 'node:test';
import { backups } from '../runner/backups.mjs';
import { moments, noRows, written } from './setup.mjs';

test('backups are measured', async () => {
  const report = await backups({ ...moments, seconds: 0.5, mode: 'backups', mebibytes: 4, engines: ['SQLite'], rows: noRows });
  assert.equal(report.engines.length, 1);
  for (const { rounds, restore } of report.engines) {
    assert.ok(restore > 0);
    for (const { quiet, during, after, seconds, size } of rounds) {
      for (const { perSecond } of [quiet, during, after]) assert.ok(perSecond > 0);
      assert.ok(seconds > 0 && size > 1 << 20);
    }
  }
  assert.match(written('backups.md'), /\| SQLite +\| +[\d.]+ \|/);
});

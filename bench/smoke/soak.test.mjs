// Some seconds of mixed load with two SIGKILLs: the soak itself throws when anything acknowledged is missing or half done.
import assert from 'node:assert/strict';
import test from 'node:test';
import { soak } from '../runner/soak.mjs';
import { moments, noRows, written } from './setup.mjs';

test('what was acknowledged outlives two SIGKILLs', async () => {
  const counts = await soak({ ...moments, mode: 'soak', minutes: 1 / 60, crashes: 2, lifetime: 2000, seed: 20, rows: noRows });
  assert.ok(counts.crashes >= 2, `${counts.crashes} crashes`);
  assert.equal(counts.checks, counts.crashes);
  assert.ok(counts.acknowledged > 200, `${counts.acknowledged} acknowledged`);
  assert.match(written('soak.md'), /integrity_check: ok/);
});

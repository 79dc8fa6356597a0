// What others see of each attack is measured.
import assert from 'node:assert/strict';
import test from 'node:test';
import { others } from '../runner/others.mjs';
import { moments, written } from './setup.mjs';

test('what others see of each attack is measured', async () => {
  const report = await others({ ...moments, seconds: 1, mode: 'others' });
  assert.ok(report.engines.length >= 1);
  for (const { attacks, rounds } of report.engines) {
    assert.ok(attacks.includes('slow readers') && attacks.includes('costly filters') && attacks.includes('deep deletes'));
    for (const round of rounds) {
      for (const key of attacks) {
        for (const seen of [round[key].quiet, round[key].attacked]) {
          for (const kind of ['get', 'list', 'create']) assert.ok(seen[kind].samples > 5 && seen[kind].p99 >= seen[kind].p50 && seen[kind].p50 > 0, `${key}: ${kind}`);
        }
        for (const kind of ['get', 'list', 'create']) assert.equal(round[key].quiet[kind].failed, 0);
      }
    }
  }
  assert.match(written('others.md'), /\| SQLite, slow readers: get +\| +[\d.]+ \|/);
});

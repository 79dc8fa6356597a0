// What others see of an attack is measured; three of the five, each of another kind.
import assert from 'node:assert/strict';
import test from 'node:test';
import { others } from '../runner/others.mjs';
import { moments, onlyPosts, written } from './setup.mjs';

test('what others see of attacks is measured', async () => {
  const report = await others({ ...moments, seconds: 0.5, mode: 'others', engines: ['SQLite'], rows: onlyPosts, only: ['slow-readers', 'costly-filters', 'deep-deletes'] });
  assert.equal(report.engines.length, 1);
  for (const { attacks, rounds } of report.engines) {
    assert.deepEqual(attacks, ['slow readers', 'costly filters', 'deep deletes']);
    for (const round of rounds) {
      for (const key of attacks) {
        for (const kind of ['get', 'list', 'create']) {
          const { quiet, attacked } = round[key];
          assert.ok(quiet[kind].samples > 0 && quiet[kind].p99 >= quiet[kind].p50 && quiet[kind].p50 > 0, `${key}: ${kind}`);
          assert.equal(quiet[kind].failed, 0);
          // Few answers fit into the moment of an attack.
          assert.ok(attacked[kind].samples + attacked[kind].failed > 0 && attacked[kind].p99 >= attacked[kind].p50, `${key}, attacked: ${kind}`);
        }
      }
    }
  }
  assert.match(written('others.md'), /\| SQLite, slow readers: get +\| +[\d.]+ \|/);
});

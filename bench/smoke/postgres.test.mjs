// The comparison on PostgreSQL works: a cluster of its own, Hearth and the hand-written floor with the same rows and the same answers.
import assert from 'node:assert/strict';
import test from 'node:test';
import { compare } from '../runner/compare.mjs';
import { hasPostgres } from '../runner/contenders/postgres.mjs';
import { works } from '../runner/work.mjs';
import { moments, written } from './setup.mjs';

// A batch of 50 creates may take longer than such a moment.
const measured = works.filter(work => work.key !== 'batch');
const missing = !hasPostgres() && process.env.CI !== 'true' && 'PostgreSQL is not installed';

test('a comparison on PostgreSQL measures every work of Hearth and of a hand-written endpoint', { skip: missing }, async () => {
  const report = await compare({ ...moments, mode: 'compare', postgres: true, only: measured.map(work => work.key) });

  for (const work of measured) {
    const here = report.results.filter(result => result.work === work.key);
    assert.deepEqual(here.map(result => result.contender), ['hearth', 'npgsql', ...(work.key === 'get' ? ['empty'] : [])], work.key);
    for (const { rounds } of here) {
      for (const sample of rounds) {
        assert.ok(sample.requests > 0 && sample.cpuMicros >= 0, JSON.stringify(sample));
        assert.equal(sample.failed + sample.refused, 0);
      }
    }
  }
  const text = written('postgres.md');
  assert.match(text, /^# Hearth on PostgreSQL against its floors/);
  assert.match(text, /Get one record by id, of hand-written Npgsql \(d\) +\| >= 0\.60 \| +\d+\.\d\d \|/);
  assert.match(text, /PostgreSQL \d+\.\d+/);
});

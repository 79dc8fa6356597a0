// The comparison works: everybody is started, loaded, asked the same, measured, and written down. No speed is asserted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { compare } from '../runner/compare.mjs';
import { readmeWith } from '../runner/readme.mjs';
import { works } from '../runner/work.mjs';
import { moments, written } from './setup.mjs';

test('a comparison measures every work of Hearth and the floors, and writes its tables and its chart', async () => {
  const report = await compare({ ...moments, mode: 'compare' });

  for (const work of works) {
    const expected = ['hearth', 'hard', 'hand', ...(work.writes ? ['handNormal'] : []), ...(work.key === 'get' ? ['empty'] : [])];
    const here = report.results.filter(result => result.work === work.key);
    assert.deepEqual(here.map(result => result.contender), expected, work.key);
    for (const { rounds } of here) {
      assert.equal(rounds.length, moments.rounds);
      for (const sample of rounds) {
        assert.ok(sample.requests > 0 && sample.perSecond > 0 && sample.p50 > 0 && sample.p99 >= sample.p50, JSON.stringify(sample));
        assert.equal(sample.failed + sample.refused, 0);
      }
    }
  }
  for (const { key, startMillis, idle } of report.processes) assert.ok(startMillis > 0 && idle > 1, key);

  const text = written('full.md');
  const chart = written('full.svg');
  for (const { title } of works) {
    assert.ok(text.includes(`| ${title} `), title);
    assert.ok(chart.includes(`>${title}</text>`), title);
  }
  assert.match(text, /Get one record by id, of empty Kestrel endpoint \(a\) +\| >= 0\.70 \| +\d+\.\d\d \|/);
  assert.match(chart, /^<svg [^]*<\/svg>\n$/);
  assert.equal(chart.match(/<rect /g).length, report.results.length);
  assert.deepEqual(JSON.parse(written('full.json')), JSON.parse(JSON.stringify(report)));

  const page = 'above\n<!-- how fast: begin -->\nold\n<!-- how fast: end -->\nbelow\n';
  const fresh = readmeWith(page, report, 'full');
  assert.match(fresh, /^above\n<!-- how fast: begin -->\n[^]*bench\/results\/full\.svg[^]*<!-- how fast: end -->\nbelow\n$/);
  assert.ok(!fresh.includes('\nold\n'));
  assert.equal(readmeWith(fresh, report, 'full'), fresh);
});

// How long each part of a run took, beside what it may take (tests/budgets.json): node tests/reports/times.mjs budgets.json times
// `times` has a line for each part: its name, a tab, its seconds. Over its budget a part is warned about; over twice its budget, or without one, it fails (exit code 1).
import { readFileSync } from 'node:fs';

const [budgets, times] = process.argv.slice(2);
const { parts } = JSON.parse(readFileSync(budgets, 'utf8'));
const rows = readFileSync(times, 'utf8').split('\n').filter(Boolean).map(line => line.split('\t')).map(([name, seconds]) => ({ name, seconds: Number(seconds), budget: parts[name] }));

const verdictOn = ({ seconds, budget }) => {
  if (!(budget > 0) || !(seconds >= 0)) return 'FAILED: it has no budget';
  if (seconds > 2 * budget) return 'FAILED: more than twice its budget';
  return seconds > budget ? 'warning: over its budget' : '';
};

let failed = false;
for (const row of rows) {
  const verdict = verdictOn(row);
  failed ||= verdict.startsWith('FAILED');
  console.log(`   ${row.name.padEnd(28)} ${row.seconds.toFixed(0).padStart(5)} s of ${String(row.budget ?? '-').padStart(4)}  ${verdict}`.trimEnd());
}
console.log(`   ${'together'.padEnd(28)} ${rows.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0).padStart(5)} s`);
process.exit(failed ? 1 : 0);

// The tests that failed, each with what it said, from the reports in a folder: node tests/reports/failures.mjs artifacts/test-results
// It is the last thing test.sh prints, so that a log whose beginning was cut still tells what went wrong.
import { testsIn } from './read.mjs';

const LINES = 12;

for (const { report, name, said } of testsIn(process.argv[2]).filter(test => test.failed)) {
  console.log(`   failed: ${report}: ${name}`);
  for (const line of said.split('\n').map(line => line.trim()).filter(Boolean).slice(0, LINES)) console.log(`     ${line}`);
}

// The slowest cases of all suites, from the reports in a folder: node tests/reports/slowest.mjs artifacts/test-results [30]
import { testsIn } from './read.mjs';

const [folder, count = '30'] = process.argv.slice(2);
for (const { report, name, seconds } of testsIn(folder).sort((a, b) => b.seconds - a.seconds).slice(0, Number(count))) console.log(`   ${seconds.toFixed(1).padStart(6)} s  ${report}: ${name}`);

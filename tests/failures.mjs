// The tests that failed, each with what it said, from the reports in a folder: node tests/failures.mjs artifacts/test-results
// It is the last thing test.sh prints, so that a log whose beginning was cut still tells what went wrong.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const LINES = 12;

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescape = text => text.replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);

/** The XML of `dotnet test`. */
function* trx(text) {
  for (const [, name, said] of text.matchAll(/<UnitTestResult [^>]*testName="([^"]*)"[^>]*outcome="Failed"[^>]*>([\s\S]*?)<\/UnitTestResult>/g))
    yield [unescape(name), unescape(said.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? '')];
}

/** The TAP of `node --test`: a line for each test, and below it a block between `---` and `...`. */
function* tap(text) {
  for (const [, name, said] of text.matchAll(/^ *not ok \d+ - (.*)\n((?: *---\n[\s\S]*?^ *\.\.\.$)?)/gm))
    if (!/ # (SKIP|TODO)/.test(name) && !/failureType: 'subtestsFailed'/.test(said)) yield [name, said.slice(Math.max(0, said.search(/^ *(location|error):/m)))];
}

/** The JSON of Vitest. */
function* json(text) {
  for (const test of JSON.parse(text).testResults.flatMap(file => file.assertionResults))
    if (test.status === 'failed') yield [test.fullName, test.failureMessages.join('\n')];
}

const readers = { '.trx': trx, '.tap': tap, '.json': json };
const folder = process.argv[2];
for (const file of readdirSync(folder).sort()) {
  for (const [name, said] of readers[extname(file)]?.(readFileSync(join(folder, file), 'utf8')) ?? []) {
    console.log(`   failed: ${basename(file, extname(file))}: ${name}`);
    for (const line of said.split('\n').map(line => line.trim()).filter(Boolean).slice(0, LINES)) console.log(`     ${line}`);
  }
}

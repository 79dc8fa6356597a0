// Reads the reports that the suites leave in a folder: of each test its name, how it ended, how long it took, and what it said when it failed.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescape = text => text.replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);

/** The XML of `dotnet test`. */
function* trx(text) {
  for (const [, head, said] of text.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const attribute = name => new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '';
    const [hours, minutes, seconds] = (attribute('duration') || '0:0:0').split(':').map(Number);
    yield { name: unescape(attribute('testName')), failed: attribute('outcome') === 'Failed', seconds: hours * 3600 + minutes * 60 + seconds, said: unescape(said?.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? '') };
  }
}

/** The TAP of `node --test`: a line for each test, and below it a block between `---` and `...`. What only holds others is left out. */
function* tap(text) {
  for (const [, not, name, said] of text.matchAll(/^ *(not )?ok \d+ - (.*)\n((?: *---\n[\s\S]*?^ *\.\.\.$)?)/gm)) {
    if (/ # (SKIP|TODO)/.test(name) || /type: 'suite'|failureType: 'subtestsFailed'/.test(said)) continue;
    yield { name, failed: not !== undefined, seconds: Number(/duration_ms: ([\d.]+)/.exec(said)?.[1] ?? 0) / 1000, said: said.slice(Math.max(0, said.search(/^ *(location|error):/m))) };
  }
}

/** The JSON of Vitest. */
function* json(text) {
  for (const test of JSON.parse(text).testResults.flatMap(file => file.assertionResults))
    yield { name: test.fullName, failed: test.status === 'failed', seconds: (test.duration ?? 0) / 1000, said: test.failureMessages.join('\n') };
}

const readers = { '.trx': trx, '.tap': tap, '.json': json };

/** Every test of the reports in a folder, with the report it stands in: { report, name, failed, seconds, said }. */
export function testsIn(folder) {
  return readdirSync(folder).sort().flatMap(file =>
    [...readers[extname(file)]?.(readFileSync(join(folder, file), 'utf8')) ?? []].map(test => ({ report: basename(file, extname(file)), ...test })));
}

// Runs the files of this folder side by side, each where it belongs (suites.mjs), and says what ran where.
// node run.mjs [--engines "sqlite postgres"] [--fast] [--results FOLDER] [FILE...]; each file leaves a TAP report in the folder.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { plan, unknown } from './suites.mjs';
import { startBrowser, withoutBrowser } from './support/browser.mjs';
import { postgres } from './support/engine.mjs';

const { values: given, positionals: only } = parseArgs({ allowPositionals: true, options: { engines: { type: 'string', default: 'sqlite postgres' }, fast: { type: 'boolean', default: false }, results: { type: 'string' } } });
const here = fileURLToPath(new URL('.', import.meta.url));
const results = given.results ?? await mkdtemp(join(tmpdir(), 'hearth-results-'));
const engines = given.engines.split(' ').filter(Boolean);

// A file that mostly waits takes half a place. No more than cores: browsers that are too slow fail.
const places = Math.max(2, availableParallelism());
const longestMs = 600_000;

if (unknown.length) throw new Error(`suites.mjs names files that are not there: ${unknown.join(', ')}`);
const root = await mkdtemp(join(tmpdir(), 'hearth-sdk-'));
if (engines.includes('postgres')) process.env.HEARTH_TEST_POSTGRES ??= await postgres();
const prepared = Object.fromEntries(await Promise.all(engines.map(async engine => [engine, await prepare(engine)])));
const waiting = plan(engines, given.fast).filter(job => only.length === 0 || only.includes(job.file));
const total = waiting.length;
const browser = waiting.some(job => job.browser) && !withoutBrowser ? await startBrowser() : undefined;
if (browser) process.env.HEARTH_TEST_BROWSER = browser.wsEndpoint();
const running = new Set();
const counts = new Map();
let broken = 0;

await new Promise(resolve => {
  (function next() {
    if (waiting.length === 0 && running.size === 0) return resolve();
    for (let at; (at = waiting.findIndex(fits)) >= 0;) {
      const [job] = waiting.splice(at, 1);
      running.add(job);
      run(job).finally(() => {
        running.delete(job);
        next();
      });
    }
    return undefined;
  })();
});
await browser?.close();
await rm(root, { recursive: true, force: true });

console.log('');
for (const [where, { files, passed, failed, skipped }] of [...counts].sort()) console.log(`   ${where}: ${files} files, ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(broken > 0 ? 1 : 0);

function weight(job) {
  return job.waits ? 0.5 : 1;
}

function fits(job) {
  return [...running].reduce((sum, other) => sum + weight(other), 0) + weight(job) <= places;
}

async function prepare(engine) {
  const { code, said } = await node(['prepare.mjs', join(root, engine)], { HEARTH_TEST_ENGINE: engine, HEARTH_TEST_PREPARED: undefined });
  if (code !== 0) throw new Error(`prepare.mjs on ${engine} ended with ${code}:\n${said}`);
  return said.trim();
}

/** One file: its own process, its report in a file, and one line about it; what it said only when something failed. */
async function run({ file, engine, nodes }) {
  const where = nodes > 1 ? `${engine}, ${nodes} nodes` : engine;
  const report = join(results, `sdk ${where} ${file.replaceAll('/', '-')}.tap`);
  const began = performance.now();
  const { code, said } = await node(
    ['--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${report}`, `${file}.test.mjs`],
    { HEARTH_TEST_ENGINE: engine, HEARTH_TEST_NODES: String(nodes), HEARTH_TEST_PREPARED: prepared[engine] });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const tap = await readFile(report, 'utf8').catch(() => '');
  const count = name => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const seen = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
  // A file that ended badly, or left no counts, is never read as a success.
  const bad = code !== 0 || seen.failed > 0 || seen.passed + seen.skipped === 0;
  if (bad) broken++;
  const sum = counts.get(where) ?? { files: 0, passed: 0, failed: 0, skipped: 0 };
  counts.set(where, { files: sum.files + 1, passed: sum.passed + seen.passed, failed: sum.failed + seen.failed, skipped: sum.skipped + seen.skipped });
  console.log(`${bad ? '✖' : '✔'} ${file} (${where}): ${seen.passed} passed${seen.failed ? `, ${seen.failed} failed` : ''}${seen.skipped ? `, ${seen.skipped} skipped` : ''}, ${seconds} s [${total - waiting.length - running.size + 1} of ${total}]`);
  if (bad) console.log(`${said}\n   ${file} (${where}) ended with code ${code}`);
}

function node(args, more) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { cwd: here, env: { ...process.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    const late = setTimeout(() => child.kill('SIGKILL'), longestMs);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => { said += text; });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      resolve({ code: code ?? signal, said });
    });
  });
}

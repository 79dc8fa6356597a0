// A comparison as text: what was measured on, how, and the tables.
import { targetTable, ratioOf } from './targets.mjs';
import { describe, percent } from './quiet.mjs';
import { median, micros, millis, rate, ratio, table } from './text.mjs';
import { works } from './work.mjs';

export function compareText(report) {
  const { options, results, contenders, processes } = report;
  return [
    `# Hearth${options.postgres ? ' on PostgreSQL' : ''} against its floors${options.peers ? ' and peers' : ''}`,
    `${circumstances(report)} ${options.size.toLocaleString('en-US')} posts; medians of ${options.rounds} alternating rounds of ${options.seconds} s; `
      + 'the load generator runs on the same cores.',
    '## Targets',
    targetTable(report),
    '## Hearth, and its throughput as a ratio to each other in the same round',
    workTable(results, contenders.filter(c => c.key !== 'hearth')),
    '## Start and memory',
    processTable(processes),
    '## Everybody',
    contenderTable(results, contenders),
  ].join('\n\n') + '\n';
}

/** When, on what machine, with what, and how quiet it was, as sentences. */
export function circumstances({ date, machine: m, before }) {
  const versions = [`.NET ${m.runtime} (SDK ${m.dotnet})`, m.wrk, ...Object.entries(m.peers ?? {}).map(([name, version]) => `${name} ${version}`)];
  const noise = `Before the run: ${describe(before)}; ${percent(before.stolenDuring)} taken away during it.`;
  return `${date.slice(0, 16).replace('T', ' ')} UTC, commit ${m.commit}. ${m.cores} cores of ${m.processor}, ${m.memoryGiB} GiB, ${m.system}, `
    + `Linux ${m.kernel}, ${versions.join(', ')}. ${noise}${before.quiet ? '' : ' **The machine was not quiet.**'}`;
}

/** The main table: a line for each work and number of connections. */
export function workTable(results, others, connections = [64, 1]) {
  const rows = [];
  for (const work of works) {
    for (const count of connections) {
      const own = results.find(r => r.work === work.key && r.connections === count && r.contender === 'hearth');
      if (!own) continue;
      const of = name => median(own.rounds.map(sample => sample[name]));
      rows.push([
        work.title, String(count), rate(of('perSecond')), millis(of('p50')), millis(of('p99')),
        ...others.map(({ key }) => ratio(ratioOf(results, work.key, count, 'hearth', key))),
      ]);
    }
  }
  return table(['Work', 'Connections', 'Requests/s', 'p50 ms', 'p99 ms', ...others.map(({ title }) => `of ${title}`)], rows);
}

/** Every contender's own figures. */
function contenderTable(results, contenders) {
  const rows = results.map(result => {
    const of = name => median(result.rounds.map(sample => sample[name]));
    const title = contenders.find(c => c.key === result.contender).title;
    const cpu = result.rounds.every(sample => sample.cpuMicros !== undefined) ? micros(of('cpuMicros')) : '';
    const allocated = result.allocated === undefined ? '' : (result.allocated / 1024).toFixed(1);
    return [works.find(w => w.key === result.work).title, String(result.connections), title, rate(of('perSecond')), millis(of('p50')), millis(of('p99')), cpu, allocated];
  });
  return table(['Work', 'Connections', 'Contender', 'Requests/s', 'p50 ms', 'p99 ms', 'µs of processor a request', 'KiB allocated a request'], rows);
}

/** Start time and memory of every contender. */
function processTable(processes) {
  const mib = value => value === undefined ? '-' : value.toFixed(0);
  return table(['Contender', 'Start ms', 'MiB idle', 'MiB after load', 'MiB highest', 'of its own, highest'],
    processes.map(p => [p.title, p.startMillis.toFixed(0), mib(p.idle), mib(p.after), mib(p.highest), mib(p.own)]));
}

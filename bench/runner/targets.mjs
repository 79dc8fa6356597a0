// What Hearth should reach, and whether it does. A ratio is Hearth's throughput over another's in the same round, with 64 connections.
import { median, table } from './text.mjs';
import { works } from './work.mjs';

/** Of the floors. */
export const targets = [
  { work: 'get', floor: 'empty', least: 0.70 },
  { work: 'list', floor: 'hard', least: 0.75 },
  { work: 'mine', floor: 'hard', least: 0.60 },
  { work: 'expand', floor: 'hard', least: 0.60 },
  { work: 'create', floor: 'hand', least: 4 },
  { work: 'create', floor: 'handNormal', least: 1.5 },
  { work: 'get', floor: 'npgsql', least: 0.6 },
  { work: 'list', floor: 'npgsql', least: 0.7 },
  { work: 'create', floor: 'npgsql', least: 0.8 },
];
const ofPeers = 5, mostAllocated = 1, mostIdle = 80, mostUnderLoad = 200, latestStart = 350;

/** Throughput of one contender over another's, in the same round; the median of the rounds. */
export function ratioOf(results, work, connections, over, under) {
  return medianOfRounds(results, work, connections, over, under, (a, b) => a.perSecond / b.perSecond);
}

/** Every target that was measured: [what, wanted, measured, reached]. */
export function targetRows({ results, contenders, processes }) {
  const titleOf = key => contenders.find(c => c.key === key).title;
  const workOf = key => works.find(w => w.key === key).title;
  const rows = [];
  const add = (what, wanted, value, digits, reached, more = '') => rows.push([what, wanted, value.toFixed(digits) + more, reached ? 'yes' : 'no']);
  const least = (what, value, wanted, more) => add(what, `>= ${wanted.toFixed(2)}`, value, 2, value >= wanted, more);
  const most = (what, value, wanted, digits = 0) => add(what, `<= ${wanted.toFixed(digits)}`, value, digits, value <= wanted);

  for (const { work, floor, least: wanted } of targets) {
    const value = ratioOf(results, work, 64, 'hearth', floor);
    if (value !== undefined) least(`${workOf(work)}, of ${titleOf(floor)}`, value, wanted);
  }
  for (const { key, title } of contenders.filter(c => c.isPeer)) {
    const rates = figures(work => ratioOf(results, work, 64, 'hearth', key));
    if (rates.length === 0) continue;
    const latencies = figures(work => medianOfRounds(results, work, 64, key, 'hearth', (a, b) => a.p99 / b.p99));
    const worst = (list, reaches) => ` (${workOf(list[0].work)}; ${list.filter(reaches).length} of ${list.length} reach it)`;
    least(`Every work, of ${title}: worst throughput`, rates[0].value, ofPeers, worst(rates, rate => rate.value >= ofPeers));
    add(`Every work, p99 of ${title} over Hearth's: worst`, '> 1.00', latencies[0].value, 2, latencies[0].value > 1, worst(latencies, latency => latency.value > 1));
  }
  const allocated = key => results.find(r => r.work === 'get' && r.contender === key && r.allocated !== undefined)?.allocated;
  if (allocated('hearth') !== undefined && allocated('empty') !== undefined) {
    most('KiB allocated to get one record, over (a)', (allocated('hearth') - allocated('empty')) / 1024, mostAllocated, 2);
  }
  const own = processes.find(p => p.key === 'hearth');
  most('MiB after start', own.idle, mostIdle);
  most('MiB of its own at most under load', own.own, mostUnderLoad);
  most('MiB at most under load, with what it maps of the database file', own.highest, mostUnderLoad);
  most('Published (ReadyToRun), ms from start to first answer', own.startMillis, latestStart);
  return rows;
}

export function targetTable(report) {
  return table(['Target (64 connections)', 'Wanted', 'Measured', 'Reached'], targetRows(report));
}

/** Some figure of every work that has it, the smallest first. */
function figures(figure) {
  return works.map(({ key }) => ({ work: key, value: figure(key) })).filter(({ value }) => value !== undefined).sort((a, b) => a.value - b.value);
}

function medianOfRounds(results, work, connections, over, under, divide) {
  const find = key => results.find(r => r.work === work && r.connections === connections && r.contender === key);
  const [a, b] = [find(over), find(under)];
  return a && b ? median(a.rounds.map((sample, i) => divide(sample, b.rounds[i]))) : undefined;
}

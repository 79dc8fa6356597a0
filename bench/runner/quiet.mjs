// How busy the machine is. Figures from a busy machine, or from one whose host takes time away, say little; so they are printed and kept with the results.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { say } from './text.mjs';

const watched = 2000, mostBusy = 0.1, mostStolen = 0.02, mostLoad = 0.5;

/** Processor time since the machine started, in ticks of all cores: what was used, what the host took away, and all. */
export function processorTime() {
  // user nice system idle iowait irq softirq steal; what guests used is in "user" already.
  const ticks = readFileSync('/proc/stat', 'latin1').split('\n')[0].split(/\s+/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, value) => sum + value, 0);
  return { all, stolen: ticks[7], busy: all - ticks[3] - ticks[4] };
}

/** The share of processor time that the host took away since an earlier {@link processorTime}. */
export function stolenSince(before) {
  const now = processorTime();
  return (now.stolen - before.stolen) / Math.max(1, now.all - before.all);
}

/** Watches the machine for a while in which nothing of ours runs. */
export async function watchMachine(millis = watched) {
  const load = loadavg()[0];
  const before = processorTime();
  await sleep(millis);
  const now = processorTime();
  const share = name => (now[name] - before[name]) / Math.max(1, now.all - before.all);
  return { load, busy: share('busy'), stolen: share('stolen') };
}

/** What was seen before the run, by bench.sh before it built, or now. Says so, with a warning when others are at work. */
export async function beforeRun({ smoke }) {
  const seen = process.env.HEARTH_BENCH_BEFORE ? JSON.parse(process.env.HEARTH_BENCH_BEFORE) : await watchMachine(smoke ? 100 : watched);
  seen.quiet = seen.busy <= mostBusy && seen.stolen <= mostStolen && seen.load <= mostLoad * cpus().length;
  say(`Before the run: ${describe(seen)}`);
  if (!seen.quiet) say('WARNING: the machine is not quiet. Others are at work on it; the figures will be lower and less even than they could be.');
  return { ...seen, ticks: processorTime() };
}

export function describe({ load, busy, stolen }) {
  return `load average ${load.toFixed(2)}, processors ${percent(busy)} busy, ${percent(stolen)} taken away by the host (steal)`;
}

export const percent = share => `${(100 * share).toFixed(1)} %`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(await watchMachine()));

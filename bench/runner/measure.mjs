// Alternating rounds: everybody is loaded in turn, so that a slow moment of the machine hits all of them alike.
import { join } from 'node:path';
import { allocatedPerRequest } from './allocations.mjs';
import { checkEqual } from './equal.mjs';
import { median, say } from './text.mjs';
import { requestsFor } from './work.mjs';
import { load, writeRequests } from './wrk.mjs';

const mostSlowSeconds = 10;

/**
 * Measures every work for every contender.
 * @param plan.entries      [{contender, server, data}], all running; among those with the same data set, Hearth first
 * @param plan.folder       for request files
 * @param plan.works        which work
 * @param plan.rounds       how many rounds
 * @param plan.seconds      length of one measurement, half of it with one connection
 * @param plan.warmSeconds  length of one load before the first round; 0 for none
 * @param plan.connections  numbers of connections to measure with
 * @param plan.does         (contender, work) -> whether that is measured
 * @param plan.allocations  (contender, work) -> whether to count what it allocates, for .NET contenders
 * @returns [{work, connections, contender, size, allocated, rounds: [{perSecond, p50, p99, cpuMicros, …}]}];
 *          `allocated` is in bytes a request, with 64 connections only
 */
export async function measureAll({ entries, folder, works, rounds, seconds, warmSeconds, connections, does, allocations }) {
  const results = [];
  for (const work of works) {
    const here = entries.filter(({ contender }) => contender.does(work) && does(contender, work));
    say(`${work.title}: comparing answers, warming up`);
    for (const data of new Set(here.map(entry => entry.data))) {
      await checkEqual(work, data, here.filter(entry => entry.data === data && entry.contender.encode));
    }
    for (const entry of here) {
      entry.file = join(folder, `${entry.contender.key}-${entry.data.size}-${work.key}.requests`);
      writeRequests(entry.file, requestsFor(work, entry.data).map(request => entry.contender.encode?.(request) ?? { path: '/' }));
      entry.slowSpan = 0;
      if (warmSeconds > 0) entry.slowSpan = spanOfSlow(await loadCleanly(entry, work, 64, warmSeconds));
    }
    for (const count of connections) {
      // With one connection there is nothing but latency to see, which needs less time.
      const span = count === 1 ? seconds / 2 : seconds;
      const samples = new Map(here.map(entry => [entry, []]));
      for (let round = 0; round < rounds; round++) {
        for (const entry of turned(here, round)) samples.get(entry).push(await answered(entry, work, count, Math.max(span, entry.slowSpan)));
      }
      for (const [entry, list] of samples) {
        const allocated = count === 64 && allocations(entry.contender, work) ? await allocatedPerRequest(entry.server, entry.file) : undefined;
        results.push({ work: work.key, connections: count, contender: entry.contender.key, size: entry.data.size, allocated, rounds: list });
      }
      const rates = here.map(entry => `${entry.contender.key} ${Math.round(median(samples.get(entry).map(sample => sample.perSecond)))}/s`);
      say(`  ${count} connection${count === 1 ? '' : 's'}: ${rates.join(', ')}`);
    }
  }
  return results;
}

/** Each round begins with another contender, so that nobody always follows the same one. */
function turned(list, round) {
  const by = round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

/**
 * Seconds in which a contender answers every connection about twice, going by its first load, but ten at most: in a shorter round most answers of
 * a slow one would be cut off. Nothing for who is fast enough.
 */
function spanOfSlow({ perSecond }) {
  return Math.min(mostSlowSeconds, Math.floor(2 * 64 / Math.max(perSecond, 1)));
}

async function answered(entry, work, connections, seconds) {
  const before = entry.server.processorSeconds();
  const sample = await loadCleanly(entry, work, connections, seconds);
  sample.cpuMicros = (entry.server.processorSeconds() - before) / Math.max(1, sample.requests) * 1e6;
  entry.server.memory?.();
  if (sample.requests === 0) throw new Error(`${entry.contender.title}, ${work.title}: no answer in ${seconds} s`);
  return sample;
}

async function loadCleanly({ contender, server, file }, work, connections, seconds) {
  const result = await load(server.url, file, connections, seconds);
  if (result.failed + result.refused > 0) {
    throw new Error(`${contender.title}, ${work.title}: ${result.refused} refused and ${result.failed} failed of ${result.requests} requests`);
  }
  return result;
}

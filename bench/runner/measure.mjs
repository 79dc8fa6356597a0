// Alternating rounds: everybody is loaded in turn, so that a slow moment of the machine hits all of them alike.
import { join } from 'node:path';
import { allocatedPerRequest } from './allocations.mjs';
import { checkEqual } from './equal.mjs';
import { say } from './text.mjs';
import { requestsFor } from './work.mjs';
import { load, writeRequests } from './wrk.mjs';

/**
 * Measures every work for every contender.
 * @param plan.entries      [{contender, server, data}], all running; among those with the same data set, Hearth first
 * @param plan.folder       for request files
 * @param plan.works       which work
 * @param plan.rounds       how many rounds
 * @param plan.seconds      length of one measurement
 * @param plan.warmSeconds  length of one load before the first round
 * @param plan.connections  (work) -> numbers of connections to measure it with
 * @param plan.allocations  (work) -> whether to count what .NET contenders allocate for it
 * @returns [{work, connections, contender, size, allocated, rounds: [{perSecond, p50, p99, …}]}];
 *          `allocated` is in bytes a request, with 64 connections only
 */
export async function measureAll({ entries, folder, works, rounds, seconds, warmSeconds, connections, allocations }) {
  const results = [];
  for (const work of works) {
    const here = entries.filter(({ contender }) => contender.does(work));
    say(`${work.title}: comparing answers, warming up`);
    for (const data of new Set(here.map(entry => entry.data))) {
      await checkEqual(work, data, here.filter(entry => entry.data === data && entry.contender.encode));
    }
    for (const entry of here) {
      entry.file = join(folder, `${entry.contender.key}-${entry.data.size}-${work.key}.requests`);
      writeRequests(entry.file, requestsFor(work, entry.data).map(request => entry.contender.encode?.(request) ?? { path: '/' }));
      await loadCleanly(entry, work, 64, warmSeconds);
    }
    for (const count of connections(work)) {
      const samples = new Map(here.map(entry => [entry, []]));
      for (let round = 0; round < rounds; round++) {
        for (const entry of turned(here, round)) samples.get(entry).push(await loadCleanly(entry, work, count, seconds));
      }
      for (const [entry, list] of samples) {
        const allocated = allocations(work) && count === 64 && !entry.contender.isPeer ? await allocatedPerRequest(entry.server, entry.file) : undefined;
        results.push({ work: work.key, connections: count, contender: entry.contender.key, size: entry.data.size, allocated, rounds: list });
      }
      const rates = here.map(entry => `${entry.contender.key} ${Math.round(median(samples.get(entry).map(sample => sample.perSecond)))}/s`);
      say(`  ${count} connection${count === 1 ? '' : 's'}: ${rates.join(', ')}`);
    }
  }
  return results;
}

/** The middle value; of an even number the mean of the two middle ones. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Each round begins with another contender, so that nobody always follows the same one. */
function turned(list, round) {
  const by = round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

async function loadCleanly({ contender, server, file }, work, connections, seconds) {
  const result = await load(server.url, file, connections, seconds);
  if (result.failed + result.refused > 0) {
    throw new Error(`${contender.title}, ${work.title}: ${result.refused} refused and ${result.failed} failed of ${result.requests} requests`);
  }
  return result;
}

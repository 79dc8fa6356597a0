// Hearth against the floors, and against peers when asked.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EmptyFloor, writtenFloors } from './contenders/floors.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { preparePeers } from './contenders/peers.mjs';
import { DataSet } from './data.mjs';
import { sendText } from './http.mjs';
import { measureAll, median } from './measure.mjs';
import { contenderTable, machine, processTable, save, targetTable, workTable } from './results.mjs';
import { say } from './text.mjs';
import { requestsFor, works } from './work.mjs';
import { workFolder } from './folder.mjs';

const starts = 3, idleMillis = 1500;
const published = fileURLToPath(new URL('../../artifacts/published/hearth', import.meta.url));

export async function compare(options) {
  const folder = await workFolder('compare');
  const data = new DataSet(options.size);
  const entries = await prepare(options, data, folder);
  if (options.quick) for (const { contender } of entries) leaveOut(contender);
  try {
    const measured = options.only ? works.filter(work => options.only.includes(work.key)) : works;
    const results = await measureAll({
      entries, folder, works: measured, rounds: options.rounds, seconds: options.seconds, warmSeconds: options.warmSeconds,
      allocations: work => !options.smoke && (!options.quick || work.key === 'get'),
      connections: work => options.smoke || (options.quick && work.key !== 'get') ? [64] : [64, 1],
    });
    report(options, entries, results);
  } finally {
    for (const { server } of entries) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Under 3 minutes there is no time for everything: what no target speaks of is left out. */
function leaveOut(contender) {
  const [does, spoken] = [contender.does, { hand: ['get', 'list', 'create'], handNormal: ['create'] }[contender.key]];
  if (spoken) contender.does = work => does(work) && spoken.includes(work.key);
}

async function prepare(options, data, folder) {
  say(`Making ${data.size.toLocaleString('en-US')} posts and as many drafts, and loading them into Hearth`);
  const files = data.writeFiles(join(folder, 'rows'));
  const hearth = new Hearth(join(folder, 'hearth'));
  const began = performance.now();
  await hearth.prepare(data, files);
  say(`  loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`);

  const publishedMillis = await startPublished(hearth);

  const floors = writtenFloors(join(folder, 'floors'));
  for (const floor of floors) await floor.prepare(hearth.dir);
  const entries = [];
  for (const contender of [hearth, ...floors]) entries.push(await startMeasured(contender, data));
  entries[0].process.publishedMillis = publishedMillis;
  for (const work of works.filter(work => ['get', 'list'].includes(work.key))) {
    const empty = new EmptyFloor(work, join(folder, 'floors'));
    await empty.prepare(await sendText(entries[0].server.url, hearth.encode(requestsFor(work, data)[0])));
    entries.push(await startMeasured(empty, data));
  }
  if (options.peers) for (const peer of await preparePeers(data, files, join(folder, 'peers'))) entries.push(await startMeasured(peer, data));
  return entries;
}

/** Start time of the published program on the same data; undefined where it was not published. */
async function startPublished(hearth) {
  if (!existsSync(published)) return undefined;
  const times = [];
  for (let i = 0; i < starts; i++) {
    const server = await hearth.start(published);
    times.push(server.startMillis);
    await server.stop();
  }
  return median(times);
}

/** Starts a contender several times for its start time, and keeps the last. */
async function startMeasured(contender, data) {
  const times = [];
  for (let i = 1; ; i++) {
    const server = await contender.start();
    times.push(server.startMillis);
    if (i === starts) {
      await sleep(idleMillis);
      return { contender, server, data, process: { key: contender.key, title: contender.title, startMillis: median(times), idle: memoryOf(contender, server) } };
    }
    await server.stop();
  }
}

/** MiB of a contender; peers on PostgreSQL count its processes too. */
function memoryOf(contender, server) {
  return contender.memory?.(server) ?? server.memory().now;
}

function report(options, entries, results) {
  const processes = entries.filter((entry, i) => entries.findIndex(other => other.contender.key === entry.contender.key) === i).map(({ process, contender, server }) => (
    { ...process, after: memoryOf(contender, server), highest: contender.memory ? undefined : server.memory().highest }));
  const contenders = entries.map(({ contender: { key, title, isPeer } }) => ({ key, title, isPeer })).filter((c, i, all) => all.findIndex(d => d.key === c.key) === i);
  const date = new Date().toISOString();
  const data = { date, machine: machine(), options, contenders, processes, results };
  const m = data.machine;
  const text = [
    `# Hearth against its floors${options.peers ? ' and peers' : ''}`,
    `${date.slice(0, 16).replace('T', ' ')} UTC, commit ${m.commit}. ${m.cores} cores of ${m.processor}, ${m.memoryGiB} GiB, ${m.system}, .NET SDK ${m.dotnet}, ${m.wrk}. `
      + `${options.size.toLocaleString('en-US')} posts; medians of ${options.rounds} alternating rounds of ${options.seconds} s; the load generator runs on the same cores.`,
    '## Hearth, and its throughput as a ratio to each floor of the same round',
    workTable(results, contenders.filter(c => c.key !== 'hearth')),
    '## Targets',
    targetTable(results, contenders, processes),
    '## Start and memory',
    processTable(processes),
    '## Everybody',
    contenderTable(results, contenders),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save(options.smoke ? 'smoke' : options.peers ? 'peers' : options.quick ? 'quick' : 'full', data, text)}.{md,json,svg}`);
}

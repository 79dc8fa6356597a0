// Hearth against the floors, and against peers when asked: everybody with the same rows, the same work, in the same rounds.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmptyFloor, PostgresFloor, sqliteFloors } from './contenders/floors.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { preparePeers } from './contenders/peers.mjs';
import { Postgres } from './contenders/postgres.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { sendText } from './http.mjs';
import { measureAll } from './measure.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { compareText } from './report.mjs';
import { machine, save } from './results.mjs';
import { targets } from './targets.mjs';
import { median, say } from './text.mjs';
import { requestsFor, works } from './work.mjs';

const starts = 3, idleMillis = 1500;

/** Measures, prints and saves; gives what was saved. */
export async function compare(options) {
  const before = await beforeRun(options);
  const folder = await workFolder('compare');
  const data = new DataSet(options.size);
  const does = options.quick && !options.postgres ? isSpokenOf(options) : () => true;
  const measured = works.filter(work => !options.only || options.only.includes(work.key));
  const entries = [];
  const postgres = options.postgres ? await Postgres.start() : undefined;
  try {
    await prepare({ options, data, folder, postgres, entries, isWanted: contender => measured.some(work => contender.does(work) && does(contender, work)) });
    const results = await measureAll({
      entries, folder, works: measured.filter(work => does({ key: 'hearth' }, work)), rounds: options.rounds, seconds: options.seconds,
      warmSeconds: options.warmSeconds, connections: options.quick || options.smoke ? [64] : [64, 1], does,
      allocations: ({ key }, work) => !options.smoke && (key === 'hearth' ? work.key === 'get' || !options.quick : key === 'empty'),
    });
    const report = {
      date: new Date().toISOString(), machine: machine(options), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options,
      contenders: entries.map(({ contender: { key, title, isPeer } }) => ({ key, title, isPeer })),
      processes: entries.map(({ process, contender, server }) => (
        { ...process, after: memoryOf(contender, server), highest: contender.memory ? undefined : server.memory().highest, own: contender.memory ? undefined : server.memory().highestOwn })),
      results,
    };
    const text = compareText(report);
    console.log('\n' + text);
    say(`Written to ${save(options.peers ? 'peers' : options.postgres ? 'postgres' : options.quick ? 'quick' : 'full', report, text)}.{md,json,svg}`);
    return report;
  } finally {
    for (const { server } of entries) await server.stop();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** For a quick run: what no target speaks of is left out. Of peers every work is spoken of. */
function isSpokenOf({ peers }) {
  return ({ key, isPeer }, work) => isPeer || targets.some(target => target.work === work.key && target.floor === key)
    || (key === 'hearth' && (peers || targets.some(target => target.work === work.key)));
}

/** Loads Hearth, gives its data to the floors, and starts everybody who is wanted. */
async function prepare({ options, data, folder, postgres, entries, isWanted }) {
  say(`Making ${data.size.toLocaleString('en-US')} posts and as many drafts, and loading them into Hearth`);
  const files = data.writeFiles(join(folder, 'rows'));
  if (postgres) await postgres.sql('postgres', 'CREATE DATABASE hearth');
  const hearth = new Hearth(join(folder, 'hearth'), postgres?.connection('hearth'));
  const began = performance.now();
  await hearth.prepare(data, files);
  say(`  loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`);

  if (postgres) await postgres.sql('hearth', 'VACUUM ANALYZE');
  const floors = (postgres ? [new PostgresFloor(postgres, join(folder, 'floors'))] : sqliteFloors(join(folder, 'floors'))).filter(isWanted);
  for (const floor of floors) await floor.prepare(postgres ? 'hearth' : hearth.dir);
  for (const contender of [hearth, ...floors]) entries.push(await start(contender, data, options));
  const empty = new EmptyFloor(works.find(work => work.key === 'get'), join(folder, 'floors'));
  if (isWanted(empty)) {
    await empty.prepare(await sendText(entries[0].server.url, hearth.encode(requestsFor(empty.work, data)[0])));
    entries.push(await start(empty, data, options));
  }
  if (options.peers) for (const peer of await preparePeers(data, files, join(folder, 'peers'))) entries.push(await start(peer, data, options));
  if (!options.smoke) await sleep(idleMillis);
  for (const { contender, server, process } of entries) process.idle = memoryOf(contender, server);
}

/** Starts a contender several times for its start time, and keeps the last. A quick run does so with Hearth only: there is no target for others. */
async function start(contender, data, { quick, smoke }) {
  const times = [];
  for (let i = smoke || (quick && contender.key !== 'hearth') ? starts : 1; ; i++) {
    const server = await contender.start();
    times.push(server.startMillis);
    if (i === starts) return { contender, server, data, process: { key: contender.key, title: contender.title, startMillis: median(times) } };
    await server.stop();
  }
}

/** MiB of a contender; peers on PostgreSQL count its processes too. */
function memoryOf(contender, server) {
  return contender.memory?.(server) ?? server.memory().now;
}

// Several nodes on one PostgreSQL: what being one of three costs a node, and how soon the others know what one has changed.
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Hearth } from './contenders/hearth.mjs';
import { Postgres } from './contenders/postgres.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, micros, millis, ratio, say, table } from './text.mjs';
import { requestsFor, works } from './work.mjs';
import { load, writeRequests } from './wrk.mjs';

const measured = ['get', 'list', 'mine', 'create'];
const connections = 64;
const mostCost = 0.05, latestChange = 1000, latestNews = 50;

export async function nodes(options) {
  const before = await beforeRun(options);
  const folder = await workFolder('nodes');
  const postgres = await Postgres.start();
  const running = [];
  try {
    const data = new DataSet(options.size);
    await postgres.sql('postgres', 'CREATE DATABASE hearth');
    const hearth = new Hearth(join(folder, 'hearth'), postgres.connection('hearth'));
    await hearth.prepare(data, data.writeFiles(join(folder, 'rows')));
    await postgres.sql('hearth', 'VACUUM ANALYZE');
    const token = await hearth.superuser();
    const first = await hearth.start();
    running.push(first);
    const others = {
      async start() {
        for (const name of ['second', 'third']) {
          mkdirSync(join(folder, name), { recursive: true });
          running.push(await new Hearth(join(folder, name), postgres.connection('hearth')).start());
        }
      },
      async stop() {
        while (running.length > 1) await running.pop().stop();
      },
    };
    const cost = [];
    for (const work of works.filter(({ key }) => (options.only ?? measured).includes(key))) cost.push(await costOf(work, { options, folder, data, hearth, postgres, first, others, running, token }));
    await others.start();
    say('How soon the others know');
    const news = [
      await changes('settings', running, options.changes, token, settingsChange),
      await changes('schema', running, options.changes, token, schemaChange),
    ];
    return report(options, before, cost, news);
  } finally {
    for (const server of running.reverse()) await server.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A node by itself and as one of three, in turn; while there are three, another one changes the settings once a second, so that news flow. */
async function costOf(work, { options, folder, data, hearth, postgres, first, others, running, token }) {
  const file = join(folder, `${work.key}.requests`);
  writeRequests(file, requestsFor(work, data).map(request => hearth.encode(request)));
  const sample = async seconds => {
    const [cpu, database] = [first.processorSeconds(), postgres.processorSeconds()];
    const result = await load(first.url, file, connections, seconds);
    if (result.failed + result.refused > 0 || result.requests === 0) throw new Error(`${work.title}: ${result.refused} refused and ${result.failed} failed of ${result.requests}`);
    return { perSecond: result.perSecond, cpuMicros: (first.processorSeconds() - cpu) / result.requests * 1e6, databaseMicros: (postgres.processorSeconds() - database) / result.requests * 1e6 };
  };
  if (options.warmSeconds > 0) await sample(options.warmSeconds);
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const asOne = () => sample(options.seconds);
    const asOneOfThree = async () => {
      await others.start();
      let n = 0;
      const talk = setInterval(() => settingsChange(running[1], token, `round ${round} ${n++}`).catch(() => {}), 1000);
      try {
        return await sample(options.seconds);
      } finally {
        clearInterval(talk);
        await others.stop();
      }
    };
    // In turn first, so that neither always has the warmer program.
    const before = round % 2 === 0 ? await asOne() : undefined;
    const three = await asOneOfThree();
    rounds.push({ alone: before ?? await asOne(), three });
  }
  const of = name => median(rounds.map(round => round[name].cpuMicros));
  say(`${work.title}: ${of('alone').toFixed(1)} µs alone, ${of('three').toFixed(1)} µs as one of three`);
  return { work: work.key, rounds };
}

/** Changes something on one node again and again, and asks the two others until both show it. Milliseconds from the answer to the change. */
async function changes(what, servers, count, token, change) {
  const times = [];
  for (let i = 0; i < count; i++) {
    const isSeen = await change(servers[0], token, `${what} ${i} ${Date.now()}`);
    const began = performance.now();
    await Promise.all(servers.slice(1).map(async server => {
      while (!(await isSeen(server))) if (performance.now() - began > 30_000) throw new Error(`${what} did not reach ${server.url}`);
    }));
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = share => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  say(`  ${what}: p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`);
  return { what, count, p50: at(0.5), p99: at(0.99), max: times.at(-1) };
}

async function settingsChange(server, token, text) {
  const headers = { Authorization: token };
  await sendJson(server.url, { method: 'PATCH', path: '/api/settings', headers, body: { meta: { appName: text } } });
  return async other => (await sendJson(other.url, { path: '/api/settings?fields=meta', headers })).meta.appName === text;
}

async function schemaChange(server, token, text) {
  const headers = { Authorization: token };
  const name = `n${text.replace(/\D/g, '')}`;
  await sendJson(server.url, { method: 'POST', path: '/api/collections', headers, body: { name, type: 'base', fields: [{ name: 'title', type: 'text' }] } });
  return async other => (await fetch(`${other.url}/api/collections/${name}`, { headers })).ok;
}

function report(options, before, cost, news) {
  const report = { date: new Date().toISOString(), machine: machine({ postgres: true }), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, cost, news };
  const share = ({ rounds }) => median(rounds.map(({ alone, three }) => alone.cpuMicros / three.cpuMicros));
  const costs = cost.map(entry => {
    const of = (name, figure) => median(entry.rounds.map(round => round[name][figure]));
    const kept = share(entry);
    return [works.find(({ key }) => key === entry.work).title, micros(of('alone', 'cpuMicros')), micros(of('three', 'cpuMicros')), ratio(kept), kept >= 1 - mostCost ? 'yes' : 'no', micros(of('alone', 'databaseMicros'))];
  });
  const [settings, schema] = news;
  const reached = (value, most) => value <= most ? 'yes' : 'no';
  const text = [
    '# Several nodes on one PostgreSQL',
    `${circumstances(report)} Medians of ${options.rounds} rounds of ${options.seconds} s with ${connections} connections to one node.`,
    '## What being one of three costs a node',
    'Processor time of the node for a request, by itself and with two others that are not loaded but change the settings once a second. Wanted: at least 0.95 is kept. The last column is the\nprocessor time of PostgreSQL for a request.',
    table(['Work', 'alone, µs', 'one of three, µs', 'kept', 'Reached', 'PostgreSQL, µs'], costs),
    '## How soon the other nodes know',
    `From the answer to a change on one node until two others both show it over HTTP; ${news[0].count} changes each. Listeners of a node hear of a change at the same moment.`,
    table(['Change', 'p50 ms', 'p99 ms', 'longest ms', 'Wanted', 'Reached'], [
      ['settings', millis(settings.p50), millis(settings.p99), millis(settings.max), `p50 <= ${latestNews}`, reached(settings.p50, latestNews)],
      ['schema', millis(schema.p50), millis(schema.p99), millis(schema.max), `p99 <= ${latestChange}`, reached(schema.p99, latestChange)],
    ]),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('nodes', report, text)}.{md,json}`);
  return report;
}

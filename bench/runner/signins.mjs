// Signing in: how many a second, and what a storm of them does to everybody else.
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DataSet } from './data.mjs';
import { onEachEngine } from './engines.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, say, table } from './text.mjs';
import { load, writeRequests } from './wrk.mjs';

const path = '/api/collections/users/auth-with-password';
const connections = 16;
const accountCount = 50;
const password = 'measured-once-more';

export async function signIns(options) {
  const before = await beforeRun(options);
  const engines = await onEachEngine('sign-ins', (engine, hearth, folder) => measure(engine, hearth, folder, options), options.engines);
  return report(options, before, engines);
}

async function measure(engine, hearth, folder, options) {
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, `rows-${engine}`)), undefined, options.rows);
  const token = await hearth.superuser();
  const server = await hearth.start();
  try {
    const bodies = await accounts(server.url, token);
    const file = join(folder, `${engine}.requests`);
    writeRequests(file, bodies.map(body => ({ method: 'POST', path, body })));
    const get = hearth.encode({ kind: 'get', id: (await sendJson(server.url, { path: '/api/collections/posts/records?perPage=1' })).items[0].id }).path;
    if (options.warmSeconds > 0) await load(server.url, file, connections, options.warmSeconds);
    const rounds = [];
    for (let round = 0; round < options.rounds; round++) {
      const single = await load(server.url, file, 1, options.seconds);
      const steady = await load(server.url, file, connections, options.seconds);
      const quiet = await probed(server.url + get, () => sleep(options.seconds * 1000));
      let storm;
      const stormy = await probed(server.url + get, async () => { storm = await stormOf(server.url, bodies, options.storm); });
      if (single.refused + single.failed + steady.refused + steady.failed > 0) throw new Error('Sign-ins were refused');
      if (storm.others > 0) throw new Error(`${storm.others} of the storm were answered with neither 200 nor 503`);
      rounds.push({ single, steady, quiet, storm, stormy });
      say(`  ${engine}: ${steady.perSecond.toFixed(0)} sign-ins a second; get ${stormy.p99.toFixed(1)} ms at p99 in the storm, ${quiet.p99.toFixed(1)} before`);
    }
    return { engine, rounds };
  } finally {
    await server.stop();
  }
}

/** Accounts to sign in to, with the rate limits off: they would end the storm at once. */
async function accounts(url, token) {
  const headers = { Authorization: token };
  await sendJson(url, { method: 'PATCH', path: '/api/settings', headers, body: { rateLimits: { enabled: false } } });
  const bodies = [];
  for (let i = 0; i < accountCount; i++) {
    const email = `storm${i}@example.com`;
    await sendJson(url, { method: 'POST', path: '/api/collections/users/records', headers, body: { email, password, passwordConfirm: password } });
    bodies.push({ identity: email, password });
  }
  return bodies;
}

/** Gets one record again and again from a thread of its own, one request each 5 ms, while something else goes on. Milliseconds. */
async function probed(url, work) {
  const worker = new Worker(new URL('./signins-probe.mjs', import.meta.url), { workerData: { url } });
  const times = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await work();
  worker.postMessage('stop');
  return figures(await times);
}

/** So many sign-ins at once, each on a connection of its own. */
async function stormOf(url, bodies, count) {
  const agent = new Agent({ maxSockets: Infinity });
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => signIn(url, agent, bodies[i % bodies.length])));
  agent.destroy();
  const seconds = (performance.now() - began) / 1000;
  const done = answers.filter(({ status }) => status === 200);
  return { count, seconds, done: done.length, busy: answers.filter(({ status }) => status === 503).length, others: answers.filter(({ status }) => status !== 200 && status !== 503).length, ...figures(done.map(({ millis }) => millis)) };
}

function signIn(url, agent, body) {
  const text = JSON.stringify(body);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request(url + path, { agent, method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) } }, response => {
      response.resume().on('end', () => resolve({ status: response.statusCode, millis: performance.now() - began })).on('error', reject);
    }).on('error', reject).end(text);
  });
}

function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { samples: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

function report(options, before, engines) {
  const report = { date: new Date().toISOString(), machine: machine({ postgres: engines.length > 1 }), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, engines };
  const of = ({ rounds }, read) => median(rounds.map(read));
  const text = [
    '# Signing in',
    `${circumstances(report)} Medians of ${options.rounds} rounds of ${options.seconds} s; passwords of ${accountCount} accounts, hashed with Argon2id (19 MiB, two passes); rate limits off.`,
    '## How many',
    `One after the other, and with ${connections} connections. Each is a comparison of a hash and one durable write (session, place, audit log).`,
    table(['Engine', 'one, p50 ms', `${connections} at once, a second`, 'p50 ms', 'p99 ms'], engines.map(engine => [engine.engine, millis(of(engine, r => r.single.p50)),
      of(engine, r => r.steady.perSecond).toFixed(0), millis(of(engine, r => r.steady.p50)), millis(of(engine, r => r.steady.p99))])),
    `## A storm: ${options.storm} sign-ins at the same moment`,
    table(['Engine', 'signed in', 'sent away (503)', 'all answered after s', 'p50 ms', 'p99 ms'], engines.map(engine => [engine.engine, of(engine, r => r.storm.done).toFixed(0), of(engine, r => r.storm.busy).toFixed(0),
      of(engine, r => r.storm.seconds).toFixed(1), millis(of(engine, r => r.storm.p50)), millis(of(engine, r => r.storm.p99))])),
    '## What everybody else sees of it',
    'One record is asked for each 5 ms by somebody else, in quiet and during the storm.',
    table(['Engine', 'quiet, p50 ms', 'p99 ms', 'longest ms', 'storm, p50 ms', 'p99 ms', 'longest ms'], engines.map(engine => [engine.engine, ...['quiet', 'stormy'].flatMap(when =>
      ['p50', 'p99', 'max'].map(figure => millis(of(engine, r => r[when][figure]))))])),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('sign-ins', report, text)}.{md,json}`);
  return report;
}

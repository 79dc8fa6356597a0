// What others see while somebody tries to have the server for himself: an ordinary reader and writer in quiet, and during each attack.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { attacks, prepareAttacks } from './attacks.mjs';
import { DataSet } from './data.mjs';
import { onEachEngine } from './engines.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, ratio, say, table } from './text.mjs';

const every = 20; // milliseconds
const most = 5; // times the quiet p99
const kinds = ['get', 'list', 'create'];

export async function others(options) {
  const before = await beforeRun(options);
  const engines = await onEachEngine('others', (engine, hearth, folder) => measure(engine, hearth, folder, options), options.engines);
  return report(options, before, engines);
}

async function measure(engine, hearth, folder, options) {
  const data = new DataSet(options.size);
  await hearth.prepare(data, data.writeFiles(join(folder, `rows-${engine}`)), undefined, options.rows);
  const headers = { Authorization: await hearth.superuser() };
  const chosen = attacks.filter(({ key }) => !options.only || options.only.includes(key.replace(' ', '-')));
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const seen = {};
    for (const attack of chosen) {
      // Each on a server of its own, so that none finds what another has left.
      const server = await hearth.start();
      try {
        if (round === 0 && attack === chosen[0]) await prepareAttacks(server, headers, options);
        const asks = await asksOf(server, hearth);
        await probed(server, asks, () => sleep(options.warmSeconds * 1000));
        const quiet = await probed(server, asks, () => sleep(options.seconds * 1000));
        const made = await attack.ready?.(server, headers, { ...options, round });
        let end;
        const attacked = await probed(server, asks, async () => {
          end = await attack.begin(server, headers, options, made);
          await sleep(options.seconds * 1000);
          end();
        });
        seen[attack.key] = { quiet, attacked };
        say(`  ${engine}, ${attack.key}: ${kinds.map(kind => `${kind} ${millis(quiet[kind].p99)} -> ${millis(attacked[kind].p99)} ms (${attacked[kind].failed} failed)`).join(', ')}`);
      } finally {
        await server.stop();
      }
    }
    rounds.push(seen);
  }
  return { engine, attacks: chosen.map(({ key }) => key), rounds };
}

async function asksOf(server, hearth) {
  const one = (await sendJson(server.url, { path: '/api/collections/posts/records?perPage=1' })).items[0];
  return [
    { key: 'get', ...hearth.encode({ kind: 'get', id: one.id }) },
    { key: 'list', ...hearth.encode({ kind: 'list', from: 100, to: 600 }) },
    { key: 'create', ...hearth.encode({ kind: 'create', post: { title: 'Another one', body: 'x'.repeat(200), views: 1, author: one.author, tags: [], published: true } }) },
  ];
}

/** Asks from a thread of its own while something goes on. */
async function probed(server, asks, work) {
  const worker = new Worker(new URL('./others-probe.mjs', import.meta.url), { workerData: { url: server.url, every, asks } });
  const seen = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await work();
  worker.postMessage('stop');
  const { times, failed } = await seen;
  return Object.fromEntries(kinds.map(kind => [kind, { ...figures(times[kind]), failed: failed[kind] }]));
}

function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { samples: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

function report(options, before, engines) {
  const report = { date: new Date().toISOString(), machine: machine({ postgres: engines.length > 1 }), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, engines };
  const rows = engines.flatMap(({ engine, attacks: keys, rounds }) => keys.flatMap(key => kinds.map(kind => {
    const of = (when, figure) => median(rounds.map(round => round[key][when][kind][figure]));
    const times = median(rounds.map(round => round[key].attacked[kind].p99 / round[key].quiet[kind].p99));
    return [`${engine}, ${key}: ${kind}`, millis(of('quiet', 'p50')), millis(of('quiet', 'p99')), millis(of('attacked', 'p50')), millis(of('attacked', 'p99')), millis(of('attacked', 'max')),
      of('attacked', 'failed').toFixed(0), `${ratio(times)}${times > most ? ' (!)' : ''}`];
  })));
  const text = [
    '# What others see',
    `${circumstances(report)} Medians of ${options.rounds} rounds. An ordinary client gets one record, asks for a filtered and sorted page of 30 and creates a record, each every ${every} ms for ${options.seconds} s, in quiet and
while somebody at another address attacks; times count from the moment at which it would have asked. Rate limits are off. A factor of more than ${most} is marked.`,
    attacks.map(({ key, does }) => `- **${key}**: ${does}`).join('\n'),
    table(['Engine, attack: what is asked', 'quiet, p50 ms', 'p99 ms', 'attacked, p50 ms', 'p99 ms', 'longest ms', 'failed', 'p99 to quiet p99'], rows),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('others', report, text)}.{md,json}`);
  return report;
}

// Live updates: what an open stream costs while nothing happens, and how soon many hear of one write.
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSet } from './data.mjs';
import { onEachEngine } from './engines.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, say, table } from './text.mjs';

const path = '/api/realtime';
const records = '/api/collections/news/records';
const openedAtOnce = 100;
const users = 1000;
const patienceMs = 30_000;

export async function live(options) {
  const before = await beforeRun(options);
  const engines = await onEachEngine('live', (engine, hearth, folder) => measure(engine, hearth, folder, options), options.engines);
  return report(options, before, engines);
}

async function measure(engine, hearth, folder, options) {
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, `rows-${engine}`)), undefined, options.rows);
  const token = await hearth.superuser();
  const idle = await idleCost(hearth, token, options);
  const server = await hearth.start();
  const streams = [];
  try {
    const headers = { Authorization: token };
    await anyNumber(server, headers);
    await sendJson(server.url, { method: 'POST', path: '/api/collections', headers, body: {
      name: 'news', type: 'base', listRule: '@request.auth.id != "" && level <= 3', fields: [{ name: 'title', type: 'text' }, { name: 'level', type: 'number' }] } });
    const tokens = await accounts(server.url, headers, Math.min(users, options.listeners));
    const same = await heard(server, headers, streams, options, () => tokens[0]);
    const each = await heard(server, headers, streams, options, i => tokens[i % tokens.length]);
    say(`  ${engine}: ${(idle.bytes / 1024).toFixed(1)} KiB a stream; all ${options.listeners} hear in ${millis(same.all.p99)} ms at p99 (one account), ${millis(each.all.p99)} (each its own)`);
    return { engine, idle, same, each };
  } finally {
    streams.forEach(stream => stream.destroy());
    await server.stop();
  }
}

/** All listeners are at one address. */
const anyNumber = (server, headers) => sendJson(server.url, { method: 'PATCH', path: '/api/settings', headers, body: { realtime: { maxStreamsPerIP: 0 } } });

/** Memory of its own before and after many streams were opened, each with a subscription. */
async function idleCost(hearth, token, options) {
  const server = await hearth.start();
  await anyNumber(server, { Authorization: token });
  const streams = [];
  try {
    // What the program needs for the first ones it needs once.
    await open(server, streams, Math.min(200, options.streams), () => '', () => {});
    streams.splice(0).forEach(stream => stream.destroy());
    await sleep(options.smoke ? 100 : 2000);
    const before = server.memory().own;
    const began = performance.now();
    await open(server, streams, options.streams, () => '', () => {});
    const seconds = (performance.now() - began) / 1000;
    await sleep(options.smoke ? 100 : 5000);
    return { count: streams.length, seconds, bytes: (server.memory().own - before) * 1024 * 1024 / streams.length };
  } finally {
    streams.forEach(stream => stream.destroy());
    await server.stop();
  }
}

/** Writes one record after the other, and notes when each stream has heard of it. Milliseconds. */
async function heard(server, headers, streams, options, tokenOf) {
  streams.splice(0).forEach(stream => stream.destroy());
  let began = 0, count = 0, times = [], all = [], done;
  await open(server, streams, options.listeners, tokenOf, () => {
    times.push(performance.now() - began);
    if (++count === options.listeners) done();
  });
  for (let n = 0; n < options.writes; n++) {
    count = 0;
    const everybody = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${count} of ${options.listeners} have heard in ${patienceMs} ms`)), patienceMs);
      done = () => { clearTimeout(late); resolve(); };
    });
    began = performance.now();
    await Promise.all([everybody, sendJson(server.url, { method: 'POST', path: records, headers, body: { title: `number ${n}`, level: 1 } })]);
    if (n >= options.writes / 10) all.push(times.at(-1)); // the first ones are for the compiler
    else times = [];
    await sleep(50);
  }
  return { each: figures(times), all: figures(all) };
}

/** Opens streams that listen to the collection, some at a time; `told` is called for each event. */
async function open(server, streams, count, tokenOf, told) {
  for (let from = 0; from < count; from += openedAtOnce) {
    await Promise.all(Array.from({ length: Math.min(openedAtOnce, count - from) }, (_, i) => one(server, streams, tokenOf(from + i), told)));
  }
}

async function one(server, streams, token, told) {
  const socket = connect(server.port, '127.0.0.1');
  streams.push(socket);
  const clientId = await new Promise((resolve, reject) => {
    let greeting = '';
    socket.setEncoding('latin1');
    socket.on('error', reject).on('data', text => {
      if (greeting === null) {
        for (let at = text.indexOf('event:news'); at >= 0; at = text.indexOf('event:news', at + 1)) told();
        return;
      }
      greeting += text;
      const id = /"clientId":"(\w{40})"/.exec(greeting);
      if (!id) return;
      greeting = null;
      resolve(id[1]);
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`);
  });
  await sendJson(server.url, { method: 'POST', path, headers: token ? { Authorization: token } : {}, body: { clientId, subscriptions: ['news/*'] } });
}

async function accounts(url, headers, count) {
  const tokens = [];
  const password = 'measured-once-more';
  const add = async i => {
    const email = `listener${i}@example.com`;
    const { id } = await sendJson(url, { method: 'POST', path: '/api/collections/users/records', headers, body: { email, password, passwordConfirm: password } });
    tokens.push((await sendJson(url, { method: 'POST', path: `/api/collections/users/impersonate/${id}`, headers, body: { duration: 3600 } })).token);
  };
  for (let from = 0; from < count; from += 20) await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, i) => add(from + i)));
  return tokens;
}

function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { samples: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}

function report(options, before, engines) {
  const report = { date: new Date().toISOString(), machine: machine({ postgres: engines.length > 1 }), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, engines };
  const text = [
    '# Live updates',
    `${circumstances(report)} One program opens all streams and writes; its own time is part of what is measured.`,
    `## ${options.streams} streams on which nothing happens`,
    table(['Engine', 'KiB each', 'opened and subscribed in s'], engines.map(({ engine, idle }) => [engine, (idle.bytes / 1024).toFixed(1), idle.seconds.toFixed(1)])),
    `## One write, ${options.listeners} who hear of it`,
    `From the moment in which the write is sent until a stream has the event, and until all have it. The rule is \`@request.auth.id != "" && level <= 3\`. ${options.writes} writes, one after the other.`,
    table(['Engine, who listens', 'each, p50 ms', 'p99 ms', 'all, p50 ms', 'p99 ms', 'longest ms'], engines.flatMap(({ engine, same, each }) => [['one account', same], ['each its own', each]].map(([who, seen]) =>
      [`${engine}, ${who}`, millis(seen.each.p50), millis(seen.each.p99), millis(seen.all.p50), millis(seen.all.p99), millis(seen.all.max)]))),
    `Memory and times are of one run; the median over both engines is ${(median(engines.map(({ idle }) => idle.bytes)) / 1024).toFixed(1)} KiB.`,
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('live', report, text)}.{md,json}`);
  return report;
}

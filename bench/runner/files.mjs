// Files: downloads against the static files of ASP.NET Core, and the memory that a large upload costs.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Server } from './children.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, say, table } from './text.mjs';
import { load, writeRequests } from './wrk.mjs';

const floor = fileURLToPath(new URL('../floors/bin/Release/net10.0/floors', import.meta.url));
const size = 1 << 20;
const connections = [16, 1];
const least = 0.8, mostGrowth = 32;

export async function files(options) {
  const before = await beforeRun(options);
  const folder = await workFolder('files');
  const hearth = new Hearth(join(folder, 'hearth'));
  mkdirSync(join(folder, 'hearth'));
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, 'rows')), post =>
    post({ name: 'docs', type: 'base', listRule: '', viewRule: '', createRule: '', fields: [{ name: 'file', type: 'file', maxSize: 8 * 2 ** 30 }] }), options.rows);
  const downloads = await measureDownloads(hearth, folder, options);
  const uploads = await measureUploads(hearth, options);
  await rm(folder, { recursive: true, force: true });
  return report(options, before, downloads, uploads);
}

async function measureDownloads(hearth, folder, options) {
  const content = randomBytes(size);
  const places = join(folder, 'static');
  mkdirSync(places);
  writeFileSync(join(places, 'file.bin'), content);
  const server = await hearth.start();
  const port = await freePort();
  const args = ['static-files', '--http', `127.0.0.1:${port}`, '--data', places];
  const other = await Server.start({ command: floor, args, port, ready: '/none', log: join(folder, 'static.log') });
  try {
    const form = new FormData();
    form.append('file', new File([content], 'file.bin'));
    const record = await (await fetch(`${server.url}/api/collections/docs/records`, { method: 'POST', body: form })).json();
    const sides = [
      { key: 'hearth', url: server.url, path: `/api/files/docs/${record.id}/${record.file}` },
      { key: 'static', url: other.url, path: '/file.bin' },
    ];
    for (const side of sides) {
      const answer = Buffer.from(await (await fetch(side.url + side.path)).arrayBuffer());
      if (!answer.equals(content)) throw new Error(`${side.key} does not give the file`);
      side.file = join(folder, `${side.key}.requests`);
      writeRequests(side.file, [{ path: side.path }]);
      if (options.warmSeconds > 0) await load(side.url, side.file, connections[0], options.warmSeconds);
    }
    const rounds = [];
    for (let round = 0; round < options.rounds; round++) {
      for (const count of connections) {
        const result = { connections: count };
        for (const side of round % 2 ? [...sides].reverse() : sides) {
          result[side.key] = await load(side.url, side.file, count, options.seconds);
          if (result[side.key].failed + result[side.key].refused > 0) throw new Error(`${side.key} failed`);
        }
        rounds.push(result);
        say(`  ${count}: ${result.hearth.perSecond.toFixed(0)} of 1 MiB a second, static files ${result.static.perSecond.toFixed(0)}`);
      }
    }
    return rounds;
  } finally {
    await server.stop();
    await other.stop();
  }
}

/** One upload of a few bytes so that everything is loaded, and then the large one, watched each 20 ms. */
async function measureUploads(hearth, options) {
  const server = await hearth.start();
  try {
    for (let i = 0; i < 3; i++) await upload(server, 8);
    const idle = server.memory();
    let highest = 0;
    const watch = setInterval(() => { highest = Math.max(highest, server.memory().own); }, 20);
    const began = performance.now();
    await upload(server, options.mebibytes);
    const seconds = (performance.now() - began) / 1000;
    clearInterval(watch);
    say(`  upload of ${options.mebibytes} MiB: ${seconds.toFixed(1)} s, ${idle.own.toFixed(0)} MiB before, ${highest.toFixed(0)} at most`);
    return { mib: options.mebibytes, seconds, idle: idle.own, highest };
  } finally {
    await server.stop();
  }
}

async function upload(server, mib) {
  const boundary = 'hearth-bench';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const end = `\r\n--${boundary}--\r\n`;
  const piece = randomBytes(1 << 20);
  const sent = request(`${server.url}/api/collections/docs/records`, {
    method: 'POST', headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': head.length + mib * piece.length + end.length },
  });
  const answered = once(sent, 'response');
  sent.write(head);
  for (let i = 0; i < mib; i++) if (!sent.write(piece)) await once(sent, 'drain');
  sent.end(end);
  const [answer] = await answered;
  answer.resume();
  await once(answer, 'end');
  if (answer.statusCode !== 200) throw new Error(`the upload was answered with ${answer.statusCode}`);
}

function report(options, before, downloads, upload) {
  const report = { date: new Date().toISOString(), machine: machine(), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, downloads, upload };
  const rows = connections.map(count => {
    const rounds = downloads.filter(round => round.connections === count);
    const of = (key, figure) => median(rounds.map(round => round[key][figure]));
    const ratio = median(rounds.map(round => round.hearth.perSecond / round.static.perSecond));
    return [String(count), of('hearth', 'perSecond').toFixed(0), millis(of('hearth', 'p99')), of('static', 'perSecond').toFixed(0), millis(of('static', 'p99')), ratio.toFixed(2), `>= ${least.toFixed(2)}`, ratio >= least ? 'yes' : 'no'];
  });
  const growth = upload.highest - upload.idle;
  const text = [
    '# Files',
    `${circumstances(report)} Medians of ${options.rounds} alternating rounds of ${options.seconds} s; the load generator runs on the same cores.`,
    '## Download of 1 MiB',
    'Hearth looks the record up each time; the other side is Kestrel with the static files of ASP.NET Core and nothing else.',
    table(['Connections', 'Hearth, a second', 'p99 ms', 'static files, a second', 'p99 ms', 'ratio', 'wanted', 'reached'], rows),
    `## Upload of ${upload.mib} MiB`,
    'Memory of its own (without mapped files), after small uploads and at its highest while the large one came.',
    table(['Seconds', 'MiB before', 'MiB at most', 'grew by', 'wanted', 'reached'], [[upload.seconds.toFixed(1), upload.idle.toFixed(0), upload.highest.toFixed(0), growth.toFixed(1), `< ${mostGrowth}`, growth < mostGrowth ? 'yes' : 'no']]),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('files', report, text)}.{md,json}`);
  return report;
}

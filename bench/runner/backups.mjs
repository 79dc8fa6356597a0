// Backups: how long one takes, what writers notice of it, and how long it takes to restore.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DataSet } from './data.mjs';
import { onEachEngine } from './engines.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, say, table } from './text.mjs';
import { load, writeRequests } from './wrk.mjs';

const connections = 16;
const recordBytes = 10_000;
const atOnce = 50;

export async function backups(options) {
  const before = await beforeRun(options);
  const engines = await onEachEngine('backups', (engine, hearth, folder) => measure(engine, hearth, folder, options), options.engines);
  return report(options, before, engines);
}

async function measure(engine, hearth, folder, options) {
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, `rows-${engine}`)), async create => {
    await create({ name: 'archive', type: 'base', fields: [{ name: 'text', type: 'text', max: 20_000 }] });
    await create({ name: 'notes', type: 'base', createRule: '', fields: [{ name: 'text', type: 'text' }] });
  }, options.rows);
  const headers = { Authorization: await hearth.superuser() };
  const server = await hearth.start();
  try {
    await fill(server.url, headers, options.mebibytes);
    const file = join(folder, `${engine}.requests`);
    writeRequests(file, Array.from({ length: 100 }, (_, i) => ({ method: 'POST', path: '/api/collections/notes/records', body: { text: `note ${i}` } })));
    if (options.warmSeconds > 0) await load(server.url, file, connections, options.warmSeconds);
    const rounds = [];
    for (let round = 0; round < options.rounds; round++) {
      const quiet = await load(server.url, file, connections, options.seconds);
      const name = `round${round}.zip`;
      const began = performance.now();
      let done = false;
      const taking = sendJson(server.url, { method: 'POST', path: '/api/backups', headers, body: { name } }).finally(() => { done = true; });
      const parts = [];
      // The last part may reach beyond the end of the backup, which flatters it a little; the more of them, the less.
      do parts.push(await load(server.url, file, connections, Math.min(1, options.seconds))); while (!done);
      await taking;
      const seconds = (performance.now() - began) / 1000;
      const during = { perSecond: parts.reduce((sum, part) => sum + part.perSecond, 0) / parts.length, p99: Math.max(...parts.map(part => part.p99)), failed: parts.reduce((sum, part) => sum + part.failed + part.refused, 0) };
      if (during.failed + quiet.failed + quiet.refused > 0) throw new Error('Writes were refused');
      const after = await load(server.url, file, connections, options.seconds);
      const { size } = (await sendJson(server.url, { path: '/api/backups', headers })).find(backup => backup.key === name);
      rounds.push({ quiet, during, after, seconds, size });
      say(`  ${engine}: ${during.perSecond.toFixed(0)} writes a second while it was taken (${seconds.toFixed(1)} s), ${quiet.perSecond.toFixed(0)} before, ${after.perSecond.toFixed(0)} after`);
    }
    const began = performance.now();
    await sendJson(server.url, { method: 'POST', path: `/api/backups/round0.zip/restore`, headers });
    return { engine, rounds, restore: (performance.now() - began) / 1000 };
  } finally {
    await server.stop();
  }
}

/** Records of texts that compress as little as words do. */
async function fill(url, headers, mebibytes) {
  const batches = Math.max(1, Math.ceil(mebibytes * (1 << 20) / (recordBytes * atOnce)));
  let next = 0;
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (next++ < batches) {
      const requests = Array.from({ length: atOnce }, () => ({ method: 'POST', url: '/api/collections/archive/records', body: { text: randomBytes(recordBytes * 3 / 8).toString('hex') + ' '.repeat(recordBytes / 4) } }));
      await sendJson(url, { method: 'POST', path: '/api/batch', headers, body: { requests } });
    }
  }));
}

function report(options, before, engines) {
  const report = { date: new Date().toISOString(), machine: machine({ postgres: engines.length > 1 }), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, engines };
  const of = ({ rounds }, read) => median(rounds.map(read));
  const text = [
    '# Backups',
    `${circumstances(report)} ${options.mebibytes} MiB of records; medians of ${options.rounds} rounds. Writers create small records, ${connections} at once, without a pause.`,
    table(['Engine', 'a backup takes s', 'MiB', 'writes a second before', 'while it is taken', 'after', 'share', 'p99 ms before', 'while it is taken', 'restoring s'], engines.map(engine => [engine.engine,
      of(engine, r => r.seconds).toFixed(1), (of(engine, r => r.size) / (1 << 20)).toFixed(0), of(engine, r => r.quiet.perSecond).toFixed(0), of(engine, r => r.during.perSecond).toFixed(0), of(engine, r => r.after.perSecond).toFixed(0),
      of(engine, r => 2 * r.during.perSecond / (r.quiet.perSecond + r.after.perSecond)).toFixed(2), millis(of(engine, r => r.quiet.p99)), millis(of(engine, r => r.during.p99)), engine.restore.toFixed(1)])),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('backups', report, text)}.{md,json}`);
  return report;
}

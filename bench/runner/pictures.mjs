// Smaller pictures: how many a second the server makes of 12-megapixel photos, and how many Debian's vipsthumbnail does on the same files.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Hearth } from './contenders/hearth.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { sendJson } from './http.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, say, table } from './text.mjs';

const run = promisify(execFile);
const width = 4000, height = 3000, size = '400x300';

export async function pictures(options) {
  const before = await beforeRun(options);
  const folder = await workFolder('pictures');
  const photo = await makePhoto(folder);
  const hearth = new Hearth(join(folder, 'hearth'));
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, 'rows')), undefined, options.rows);
  const token = await hearth.superuser();
  const server = await hearth.start();
  const rounds = [];
  try {
    await sendJson(server.url, { method: 'POST', path: '/api/collections', headers: { Authorization: token }, body: {
      name: 'photos', type: 'base', listRule: '', viewRule: '', createRule: '', fields: [{ name: 'photo', type: 'file', maxSelect: 1, maxSize: 50_000_000, thumbs: [size] }],
    } });
    await sendJson(server.url, { method: 'PATCH', path: '/api/settings', headers: { Authorization: token }, body: { rateLimits: { enabled: false } } });
    await served(server.url, photo, 2); // the library is loaded, code is compiled
    for (let round = 0; round < options.rounds; round++) {
      const ours = await served(server.url, photo, options.pictures);
      const one = await program(folder, photo, options.pictures, 1);
      const many = await program(folder, photo, options.pictures, availableParallelism());
      rounds.push({ hearth: ours, oneProgram: one, programPerCore: many, share: ours / Math.max(one, many) });
      say(`  Hearth ${ours.toFixed(1)} a second, vipsthumbnail ${one.toFixed(1)}, one for each processor ${many.toFixed(1)}: ${rounds.at(-1).share.toFixed(2)}`);
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return report(options, before, rounds);
}

/** A photo of its own kind each time would be decoded as fast: noise that was smoothed, as a camera's is, about 2 MB. */
async function makePhoto(folder) {
  const at = name => join(folder, name);
  const bands = [];
  for (const [i, blur] of [2, 4, 3].entries()) {
    await run('vips', ['gaussnoise', at(`noise${i}.v`), '500', '500', '--mean', '128', '--sigma', '70', '--seed', `${i}`]);
    await run('vips', ['gaussblur', at(`noise${i}.v`), at(`soft${i}.v`), `${blur}`]);
    bands.push(at(`soft${i}.v`));
  }
  await run('vips', ['bandjoin', bands.join(' '), at('tile.v')]);
  await run('vips', ['cast', at('tile.v'), at('bytes.v'), 'uchar']);
  await run('vips', ['replicate', at('bytes.v'), at('large.v'), `${width / 500}`, `${height / 500}`]);
  await run('vips', ['copy', at('large.v'), `${at('photo.jpg')}[Q=88]`, '--interpretation', 'srgb']);
  return at('photo.jpg');
}

/** Pictures a second over HTTP, each of a photo that was never asked for. */
async function served(url, photo, count) {
  const content = new Blob([readFileSync(photo)], { type: 'image/jpeg' });
  const addresses = [];
  for (let i = 0; i < count; i++) {
    const form = new FormData();
    form.append('photo', content, 'photo.jpg');
    const answer = await fetch(`${url}/api/collections/photos/records`, { method: 'POST', body: form });
    if (!answer.ok) throw new Error(`The upload was refused: ${await answer.text()}`);
    const record = await answer.json();
    addresses.push(`${url}/api/files/photos/${record.id}/${record.photo}?thumb=${size}`);
  }
  const began = performance.now();
  const ask = async () => {
    for (let address; (address = addresses.pop());) {
      const answer = await fetch(address);
      const length = (await answer.arrayBuffer()).byteLength;
      if (!answer.ok || length > content.size / 4) throw new Error(`${answer.status} and ${length} bytes in place of a smaller picture`);
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, ask));
  return count / ((performance.now() - began) / 1000);
}

/** Pictures a second of the program, with the files handed out among so many of it. */
async function program(folder, photo, count, programs) {
  const place = join(folder, 'copies');
  mkdirSync(place);
  const files = Array.from({ length: count }, (_, i) => join(place, `${i}.jpg`));
  for (const file of files) copyFileSync(photo, file);
  const began = performance.now();
  await Promise.all(Array.from({ length: programs }, (_, i) =>
    run('vipsthumbnail', [...files.filter((_, j) => j % programs === i), '--size', size, '--smartcrop', 'centre', '--output', `${place}/tn_%s.jpg[Q=80,strip,optimize_coding]`])));
  const perSecond = count / ((performance.now() - began) / 1000);
  rmSync(place, { recursive: true });
  return perSecond;
}

function report(options, before, rounds) {
  const report = { date: new Date().toISOString(), machine: machine({}), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, rounds };
  const of = name => median(rounds.map(round => round[name]));
  const text = [
    '# Smaller pictures',
    `${circumstances(report)} Medians of ${options.rounds} rounds of ${options.pictures} pictures.`,
    `Pictures of ${size} a second, cut from JPEG photos of ${width} x ${height} pixels, each photo asked for once. Hearth answers over HTTP, with the picture stored for certain before; \`vipsthumbnail\` (Debian's libvips-tools) reads and writes
files, once as one program, which uses all processors for each picture, and once as one program for each processor.`,
    table(['Contender', 'a second'], [['Hearth', of('hearth').toFixed(1)], ['vipsthumbnail', of('oneProgram').toFixed(1)], ['vipsthumbnail, one for each processor', of('programPerCore').toFixed(1)]]),
    `Hearth reaches ${of('share').toFixed(2)} of the faster way of running the program; the target is 0.8.`,
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('pictures', report, text)}.{md,json}`);
  return report;
}

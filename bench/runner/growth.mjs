// The same work over 1,000, 100,000 and 1,000,000 rows: what grows with the data, and what does not.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sqliteFloors } from './contenders/floors.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { measureAll } from './measure.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, rate, ratio, say, table } from './text.mjs';
import { works } from './work.mjs';

export async function grow(options) {
  const sizes = options.sizes ?? [1000, 100_000, 1_000_000];
  const before = await beforeRun(options);
  const folder = await workFolder('growth');
  const entries = [];
  try {
    for (const size of sizes) {
      const data = new DataSet(size);
      const home = join(folder, String(size));
      const files = data.writeFiles(join(home, 'rows'));
      const hearth = new Hearth(join(home, 'hearth'));
      const began = performance.now();
      await hearth.prepare(data, files, undefined, options.rows);
      say(`${size.toLocaleString('en-US')} posts and as many drafts: loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      const [hard] = sqliteFloors(join(home, 'floors'));
      await hard.prepare(hearth.dir);
      for (const contender of [hearth, hard]) entries.push({ contender, data, server: await contender.start() });
    }
    const results = await measureAll({
      entries, folder, works: options.only ? works.filter(work => options.only.includes(work.key)) : works,
      rounds: options.rounds, seconds: options.seconds, warmSeconds: options.warmSeconds, connections: [64], does: () => true, allocations: () => false,
    });
    return report(options, before, sizes, results);
  } finally {
    for (const { server } of entries) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function report(options, before, sizes, results) {
  const rows = works.flatMap(work => ['hearth', 'hard'].flatMap(key => {
    const of = size => results.find(r => r.work === work.key && r.contender === key && r.size === size);
    if (!of(sizes[0])) return [];
    const [small, large] = [of(sizes[0]), of(sizes.at(-1))];
    return [[
      work.title, key === 'hearth' ? 'Hearth' : 'hard-coded (b)',
      ...sizes.flatMap(size => [rate(median(of(size).rounds.map(s => s.perSecond))), millis(median(of(size).rounds.map(s => s.p99)))]),
      ratio(median(large.rounds.map((sample, i) => sample.perSecond / small.rounds[i].perSecond))),
    ]];
  }));
  const head = ['Work', 'Contender', ...sizes.flatMap(size => [`${size.toLocaleString('en-US')}: /s`, 'p99 ms']), 'largest of smallest'];
  const report = { date: new Date().toISOString(), machine: machine(), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, growth: results };
  const text = `# Growth\n\n${circumstances(report)} 64 connections, medians of ${options.rounds} alternating rounds of ${options.seconds} s.\n\n${table(head, rows)}\n`;
  console.log('\n' + text);
  say(`Written to ${save('growth', report, text)}.{md,json}`);
  return report;
}

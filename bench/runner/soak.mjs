// Mixed load with crashes at random moments. After each crash everything that was acknowledged must be there, and nothing may be half done.
// SIGKILL shows that nothing acknowledged lives only in the process. It cannot show that the disk keeps it on power loss.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './children.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { Chance, DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { machine, save } from './results.mjs';
import { Bank, createSoakCollections } from './soak/bank.mjs';
import { Client } from './soak/client.mjs';
import { readAll } from './soak/reading.mjs';
import { say } from './text.mjs';

const clientCount = 32;

/**
 * Loads and kills for some minutes; throws when something acknowledged is missing.
 * @param options.seed     of the random choices
 * @param options.crashes  how many at least, however long that takes; as many as there is time for when absent
 * @param options.lifetime of each process until it is killed, in milliseconds; random when absent
 * @returns what was counted
 */
export async function soak(options) {
  const folder = await workFolder('soak');
  const chance = new Chance(options.seed);
  const hearth = new Hearth(join(folder, 'hearth'));
  const data = new DataSet(1000);
  await hearth.prepare(data, data.writeFiles(join(folder, 'rows')), createSoakCollections, options.rows);

  const bank = new Bank(chance);
  let server = await hearth.start();
  await bank.open(server.url);
  const clients = Array.from({ length: clientCount }, (_, i) => new Client(i, new Chance(options.seed + i + 1), bank));
  const counts = { crashes: 0, checks: 0, acknowledged: 0, unsure: 0 };
  const lasting = options.minutes < 1 ? `${Math.round(options.minutes * 60)} seconds` : `${options.minutes} minutes`;
  const until = Date.now() + options.minutes * 60_000;
  say(`Soak for ${lasting} with ${clientCount} clients; seed ${options.seed}`);
  try {
    while (Date.now() < until || counts.crashes < options.crashes) {
      const url = server.url;
      const stop = new AbortController();
      const working = clients.map(client => client.work(url, stop.signal));
      const lifetime = options.lifetime ?? Math.min(1500 + chance.below(6500), Math.max(500, until - Date.now()));
      await Promise.race([sleep(lifetime), Promise.all(working)]);
      stop.abort();
      await server.kill();
      counts.crashes++;
      for (const outcome of await Promise.allSettled(working)) if (outcome.status === 'rejected') throw outcome.reason;

      server = await hearth.start();
      const rows = await readAll(server.url, 'ledger');
      for (const client of clients) client.check(rows);
      if (rows.size > 0) throw new Error(`${rows.size} records that nobody made, such as ${JSON.stringify([...rows.values()][0])}`);
      bank.check(await readAll(server.url, 'accounts'), await readAll(server.url, 'transfers'));
      counts.checks++;
      say(`  crash ${counts.crashes} after ${(lifetime / 1000).toFixed(1)} s, started again in ${server.startMillis.toFixed(0)} ms: `
        + `${clients.reduce((sum, c) => sum + c.acknowledged, 0)} acknowledged writes, all there`);
    }
  } finally {
    await server.stop();
  }
  const integrity = (await run('sqlite3', [join(hearth.dir, 'data.db'), 'PRAGMA integrity_check; PRAGMA foreign_key_check;'])).trim();
  if (integrity !== 'ok') throw new Error(`integrity_check: ${integrity}`);
  for (const client of clients) {
    counts.acknowledged += client.acknowledged;
    counts.unsure += client.unsureCount;
  }
  await rm(folder, { recursive: true, force: true });
  const date = new Date().toISOString();
  const text = `# Soak\n\n${date.slice(0, 16).replace('T', ' ')} UTC, ${lasting}, seed ${options.seed}: ${counts.crashes} crashes (SIGKILL), `
    + `${counts.acknowledged} acknowledged writes by ${clientCount} clients, each there after the next start; ${counts.unsure} writes cut off by a crash, `
    + `each whole or absent; ${bank.transferCount} transfers whose balances add up; integrity_check: ok.\n`;
  console.log('\n' + text);
  say(`Written to ${save('soak', { date, machine: machine(), options, counts }, text)}.{md,json}`);
  return counts;
}

// Measures that are taken on each engine that is here, one after the other.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Hearth } from './contenders/hearth.mjs';
import { hasPostgres, Postgres } from './contenders/postgres.mjs';
import { workFolder } from './folder.mjs';

/**
 * Calls `measure(engine, hearth, folder)` for SQLite and, where it is here, a fresh PostgreSQL; gives what it gave.
 * @param engines  of these only
 */
export async function onEachEngine(name, measure, engines = ['SQLite', 'PostgreSQL']) {
  const folder = await workFolder(name);
  const measured = engines.includes('SQLite') ? [await measure('SQLite', new Hearth(join(folder, 'sqlite')), folder)] : [];
  if (engines.includes('PostgreSQL') && hasPostgres()) {
    const postgres = await Postgres.start();
    try {
      await postgres.sql('postgres', 'CREATE DATABASE hearth');
      measured.push(await measure('PostgreSQL', new Hearth(join(folder, 'postgres'), postgres.connection('hearth')), folder));
    } finally {
      await postgres.stop();
    }
  }
  await rm(folder, { recursive: true, force: true });
  return measured;
}

// The engine under the server: `HEARTH_TEST_ENGINE` is `sqlite` (also when it is not set) or `postgres`. On PostgreSQL every data
// folder has a database of its own, in the server of `HEARTH_TEST_POSTGRES` or in a fresh one that goes with the tests. None is
// dropped: that would be a checkpoint each, and they go with the server.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const engine = process.env.HEARTH_TEST_ENGINE || 'sqlite';
if (!['sqlite', 'postgres'].includes(engine)) throw new Error(`HEARTH_TEST_ENGINE is ${engine}; it can be sqlite or postgres`);

/** How many nodes a server of the tests is: `HEARTH_TEST_NODES`, 1 when it is not set. */
export const nodes = Number(process.env.HEARTH_TEST_NODES || 1);
if (nodes > 1 && engine !== 'postgres') throw new Error('several nodes need HEARTH_TEST_ENGINE=postgres');

/** A data folder (SQLite) or a database (PostgreSQL) with the superuser of the tests, made once for a run (prepare.mjs); not set when a file is run by itself. */
export const prepared = process.env.HEARTH_TEST_PREPARED || undefined;

const databases = new Map();
let server;

/** The environment in which the program finds the data of the folder that its arguments name. */
export async function environment(args) {
  const env = { ...process.env };
  delete env.HEARTH_POSTGRES;
  const at = args.indexOf('--dir');
  if (engine === 'postgres' && at >= 0) env.HEARTH_POSTGRES = await databaseOf(args[at + 1]);
  return env;
}

/** How the database of a folder is reached. */
export const addressOf = folder => databaseOf(folder);

/** Brings what was prepared into a new folder, or makes the folder's database from it. */
export async function copyPrepared(folder) {
  if (engine === 'sqlite') await cp(prepared, folder, { recursive: true });
  else databases.set(folder, makeDatabase(nameOf(folder), prepared));
}

/** The name of a folder's database. */
export const nameOf = folder => `hearth_${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;

/** Forgets the database of a folder that is gone. */
export const forget = folder => databases.delete(folder);

/** Options of a test case: `it(name, on(name), ...)` leaves it out where `tests/skipped-on-postgres.txt` says so, and why. */
export function on(name) {
  return { skip: engine === 'postgres' && (skipped().get(name) ?? false) };
}

/** The cases of the list that stand for files here, with their reasons. */
export function skipped() {
  const lines = readFileSync(fileURLToPath(new URL('../../skipped-on-postgres.txt', import.meta.url)), 'utf8').split('\n');
  return new Map(lines.filter(line => line.startsWith('sdk: ')).map(line => line.slice(5).split(' -- ')));
}

/** There is a PostgreSQL, or one that can be started; in CI a missing one is a failure. */
export function hasPostgres() {
  return Boolean(process.env.HEARTH_TEST_POSTGRES || process.env.POSTGRES_BIN || process.env.CI === 'true' || existsSync('/usr/lib/postgresql'));
}

/** Makes a database that is no folder's; gives its name and how it is reached. */
export async function emptyDatabase() {
  const name = nameOf(`${process.pid} ${Math.random()}`);
  return [name, await makeDatabase(name)];
}

/** How many rows others see in a table of such a database; 0 while there is no such table. */
export async function rowsIn(name, table) {
  const count = `SELECT count(*) FROM "${table}"`;
  return Number(await psql(count, name).then(({ said }) => said, error => {
    if (error.stderr?.includes('does not exist')) return 0;
    throw error;
  }));
}

function databaseOf(folder) {
  if (!databases.has(folder)) databases.set(folder, makeDatabase(nameOf(folder)));
  return databases.get(folder);
}

async function makeDatabase(name, template = 'template0') {
  const { settings: { Host, Port, Username, Password } } = await psql(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  return `Host=${Host};Port=${Port};Username=${Username};Password=${Password};Database=${name}`;
}

/** Runs SQL in a database, or in the one that every server has; gives the settings of the server's connection string, and what was said. */
async function psql(sql, database) {
  const settings = Object.fromEntries((await postgres()).split(';').map(pair => pair.split('=')));
  const env = { ...process.env, PGHOST: settings.Host, PGPORT: settings.Port, PGUSER: settings.Username, PGPASSWORD: settings.Password, PGDATABASE: database ?? settings.Database };
  const { stdout } = await promisify(execFile)('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql], { env });
  return { settings, said: stdout.trim() };
}

/** How the server of this run is reached; it is started when there is none yet. */
export function postgres() {
  return server ??= process.env.HEARTH_TEST_POSTGRES ? Promise.resolve(process.env.HEARTH_TEST_POSTGRES) : start();
}

/** It ends when its standard input does, and that is when this process does. */
async function start() {
  const child = spawn(fileURLToPath(new URL('../../postgres.sh', import.meta.url)), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => [''])]);
  if (!line) throw new Error('PostgreSQL did not start');
  // Nothing of it keeps the tests from ending.
  child.unref();
  lines.close();
  child.stdout.destroy();
  child.stdin.unref();
  return line;
}

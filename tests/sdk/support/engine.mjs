// The engine under the server: `HEARTH_TEST_ENGINE` is `sqlite` (also when it is not set) or `postgres`. On PostgreSQL every data
// folder has a database of its own, in the server of `HEARTH_TEST_POSTGRES` or in a fresh one that goes with the tests.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const engine = process.env.HEARTH_TEST_ENGINE || 'sqlite';
if (!['sqlite', 'postgres'].includes(engine)) throw new Error(`HEARTH_TEST_ENGINE is ${engine}; it can be sqlite or postgres`);

/** How many nodes a server of the tests is: `HEARTH_TEST_NODES`, 1 when it is not set. */
export const nodes = Number(process.env.HEARTH_TEST_NODES || 1);
if (nodes > 1 && engine !== 'postgres') throw new Error('several nodes need HEARTH_TEST_ENGINE=postgres');

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

/** Removes the database of a folder that is gone. */
export async function forget(folder) {
  if (!databases.delete(folder)) return;
  await ask(`DROP DATABASE IF EXISTS "${nameOf(folder)}" WITH (FORCE)`);
}

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
  const settings = await ask(`CREATE DATABASE "${name}" TEMPLATE template0`);
  return [name, `${at(settings)};Database=${name}`];
}

/** Removes such a database. */
export async function removeDatabase(name) {
  await ask(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
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
  if (!databases.has(folder)) {
    databases.set(folder, ask(`CREATE DATABASE "${nameOf(folder)}" TEMPLATE template0`).then(settings => `${at(settings)};Database=${nameOf(folder)}`));
  }
  return databases.get(folder);
}

const nameOf = folder => `hearth_${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;

const at = ({ Host, Port, Username, Password }) => `Host=${Host};Port=${Port};Username=${Username};Password=${Password}`;

/** Runs SQL on the server; gives the settings of its connection string. */
const ask = async sql => (await psql(sql)).settings;

/** Runs SQL in a database, or in the one that every server has; gives the settings of the server's connection string, and what was said. */
async function psql(sql, database) {
  server ??= process.env.HEARTH_TEST_POSTGRES ? Promise.resolve(process.env.HEARTH_TEST_POSTGRES) : start();
  const settings = Object.fromEntries((await server).split(';').map(pair => pair.split('=')));
  const env = { ...process.env, PGHOST: settings.Host, PGPORT: settings.Port, PGUSER: settings.Username, PGPASSWORD: settings.Password, PGDATABASE: database ?? settings.Database };
  const { stdout } = await promisify(execFile)('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql], { env });
  return { settings, said: stdout.trim() };
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

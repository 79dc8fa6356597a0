// Which files run where. A file that is not named here runs on SQLite and on PostgreSQL.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** In a browser: on SQLite. */
const browser = [
  'accounts/journey', 'accounts/passkeys', 'atlas', 'dashboard/collections', 'dashboard/editor', 'dashboard/hostile', 'dashboard/insight', 'dashboard/outside', 'dashboard/pages',
  'dashboard/passkeys', 'dashboard/records', 'dashboard/scripts', 'dashboard/signin', 'dashboard/system', 'dashboard/tour', 'dashboard/undo', 'dashboard/words', 'files/hotels', 'realtime/browser', 'setup-page',
];

/** Two of them once more on PostgreSQL: a first day with everything in it, and streams of a browser, which go to two nodes. */
const browserOnPostgres = ['dashboard/tour'];

/** Nothing in them hangs on the engine, or they start what they need of both themselves: on SQLite. */
const once = ['accounts/smtp', 'backups/history', 'cli', 'clients/clients', 'files/full-disk', 'http/http', 'http/limits', 'http/openapi', 'http/static', 'move'];

/** Only on PostgreSQL. */
const onlyPostgres = ['nodes'];

/** What nodes share: on SQLite, and on PostgreSQL by two nodes behind a balancer instead of one. */
const nodes = [
  'accounts/oauth2', 'backups/backups', 'files/doctor', 'files/files', 'files/pictures', 'files/resumable', 'files/s3', 'methods/collections', 'methods/crons', 'methods/logs', 'methods/records',
  'realtime/browser', 'realtime/records',
];

/** They mostly wait (for what was killed to be missed, for mails, for the clock), so that another can work meanwhile. */
const waiting = ['backups/history', 'backups/killed', 'files/kill', 'stop'];

/** The longest: they kill a server many times, move a large app or look at every page. They begin first, the longest of them before the others, so that none is left alone at the end. */
const long = [
  'dashboard/pages', 'backups/killed', 'move', 'dashboard/editor', 'crash', 'dashboard/system', 'nodes', 'dashboard/hostile', 'accounts/smtp', 'cli', 'dashboard/tour', 'files/kill', 'movein/movein', 'import',
];

/** Every file, by its path without the ending. */
export const files = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { recursive: true })
  .filter(path => path.endsWith('.test.mjs') && !path.includes('node_modules')).map(path => path.replace(/\.test\.mjs$/, '')).sort();

/**
 * What is to run, in the order in which it begins: { file, engine, nodes, browser, waits }.
 * @param engines  sqlite, postgres or both
 * @param fast     leaves out the browser, what takes long and what waits
 */
export function plan(engines, fast = false) {
  const jobs = [];
  for (const file of files) {
    const job = { file, nodes: 1, browser: browser.includes(file), waits: waiting.includes(file) };
    if (fast && (job.browser || job.waits || long.includes(file))) continue;
    if (engines.includes('sqlite') && !onlyPostgres.includes(file)) jobs.push({ ...job, engine: 'sqlite' });
    if (!engines.includes('postgres')) continue;
    if (nodes.includes(file)) jobs.push({ ...job, engine: 'postgres', nodes: 2 });
    else if (browser.includes(file) ? browserOnPostgres.includes(file) : !once.includes(file) || !engines.includes('sqlite')) jobs.push({ ...job, engine: 'postgres' });
  }
  const rank = ({ file }) => (long.includes(file) ? long.indexOf(file) : long.length);
  return jobs.sort((a, b) => rank(a) - rank(b));
}

/** Names in the lists above that no file has: of a file that was renamed or removed. */
export const unknown = [...new Set([browser, browserOnPostgres, once, onlyPostgres, nodes, waiting, long].flat())].filter(name => !files.includes(name));

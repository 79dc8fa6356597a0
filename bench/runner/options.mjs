// The command line of ./bench.sh.
export const usage = `usage: ./bench.sh [compare|backups|growth|nodes|files|pictures|signins|others|live|dashboard|soak|profile] [options]
  compare   (default) Hearth and the floors, all work, 5 alternating rounds, with 64 connections and with 1
    --quick            under 3 minutes: only what a target speaks of, 64 connections, shorter rounds
    --postgres         Hearth on PostgreSQL and a hand-written endpoint on it, in place of SQLite and its floors
    --peers            Directus, Parse Server and PostGraphile too, in the same rounds
    --size N           rows (100000)
    --rounds N         rounds (5)
    --seconds N        length of one measurement (2)
    --only KEY,KEY     only this work (get list expand byAuthor mine update create batch)
  backups   what writers notice of a backup, how long it and a restore take, on both engines (--rounds, --seconds)
    --mebibytes N      of records (1024)
  growth    the same work at 1,000, 100,000 and 1,000,000 rows (--only, --rounds, --seconds)
  nodes     what being one of three nodes on PostgreSQL costs, and how soon the others know (--size, --rounds, --seconds)
    --changes N        changes of settings and of the schema (200)
  signins   how many sign in a second, and what a storm of them does to others, on both engines (--rounds, --seconds)
    --storm N          how many at the same moment (1000)
  others    what an ordinary client sees while others attack, on both engines (--size, --rounds, --seconds)
    --only KEY,KEY     only these attacks (slow-readers costly-filters deep-deletes large-bodies many-topics)
  pictures  how many smaller pictures of 12-megapixel photos a second, beside vipsthumbnail (--rounds)
    --pictures N       pictures a round (60)
  files     download of 1 MiB against static files of ASP.NET Core, and what an upload of 1 GiB costs in memory (--rounds, --seconds)
    --mebibytes N      size of the upload (1024)
  live      what an open stream costs, and how soon many hear of one write, on both engines
    --streams N        open streams on which nothing happens (10000)
    --listeners N      who hear of a write (1000)
    --writes N         how many writes (200)
  dashboard how soon the dashboard is seen and can be used in Chromium, and a grid of many records stands (--rounds)
    --size N           records (1000000)
    --lighthouse       the marks of Lighthouse, too, which is fetched for it
  soak      mixed load with crashes, and a check of everything that was acknowledged
    --minutes N        for how long (5)
    --seed N           of the random choices (the time)
  profile   where the processor time of Hearth goes, for each work or those of --only (needs linux-perf)
  --smoke   tests that all of this works, with 1,000 rows and moments of load; says nothing about speed`;

const modes = ['compare', 'backups', 'growth', 'nodes', 'files', 'pictures', 'signins', 'others', 'live', 'dashboard', 'soak', 'profile'];
const numbers = ['size', 'rounds', 'seconds', 'minutes', 'seed', 'changes', 'storm', 'streams', 'listeners', 'writes', 'pictures', 'mebibytes'];
const normal = { size: 100_000, rounds: 5, seconds: 2, warmSeconds: 4, minutes: 5, changes: 200, storm: 1000, streams: 10_000, listeners: 1000, writes: 200, pictures: 60, mebibytes: 1024 };
const quick = { seconds: 1, warmSeconds: 3 };

/** Reads the arguments; null when they are not understood. */
export function readOptions(args) {
  const mode = modes.includes(args[0]) ? args[0] : 'compare';
  const given = {};
  const rest = args[0] === mode ? args.slice(1) : args;
  for (let i = 0; i < rest.length; i++) {
    const name = rest[i].replace(/^--/, '');
    if (['quick', 'peers', 'postgres', 'lighthouse'].includes(name)) given[name] = true;
    else if (name === 'only') given.only = (rest[++i] ?? '').split(',');
    else if (numbers.includes(name) && Number(rest[i + 1]) > 0) given[name] = Number(rest[++i]);
    else return null;
  }
  if (given.peers && given.postgres) return null;
  return { mode, ...normal, ...(given.quick ? quick : {}), ...(mode === 'dashboard' ? { size: 1_000_000 } : {}), ...(mode === 'others' ? { size: 10_000, rounds: 3, seconds: 8 } : {}), seed: Date.now() % 1e9, ...given };
}

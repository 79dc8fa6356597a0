// The command line of ./bench.sh.
export const usage = `usage: ./bench.sh [compare|growth|soak|profile] [options]
  compare   (default) Hearth and the floors, all work, at least 5 alternating rounds
    --quick            under 3 minutes: 3 short rounds
    --smoke            as short as can be (all modes): shows that it works, not how fast
    --peers            Directus, Parse Server and PostGraphile too
    --size N           rows (100000)
    --rounds N         rounds (5)
    --seconds N        length of one measurement (3)
    --only KEY,KEY     only this work (get list expand byAuthor mine update create batch)
  growth    the same work at 1,000, 100,000 and 1,000,000 rows
  soak      mixed load with crashes, and a check of everything that was acknowledged
    --minutes N        for how long (5)
    --seed N           of the random choices (the time)
  profile   where the processor time of Hearth goes, for each work or those of --only (needs linux-perf)`;

const modes = ['compare', 'growth', 'soak', 'profile'];
const numbers = ['size', 'rounds', 'seconds', 'minutes', 'seed'];

/** Reads the arguments; null when they are not understood. */
export function readOptions(args) {
  const options = { mode: modes.includes(args[0]) ? args[0] : 'compare', size: 100_000, rounds: 5, seconds: 3, warmSeconds: 3, minutes: 5, seed: Date.now() % 1e9 };
  const rest = args[0] === options.mode ? args.slice(1) : args;
  const given = new Set();
  for (let i = 0; i < rest.length; i++) {
    const name = rest[i].replace(/^--/, '');
    if (['quick', 'smoke', 'peers'].includes(name)) options[name] = true;
    else if (name === 'only') options.only = (rest[++i] ?? '').split(',');
    else if (numbers.includes(name) && Number(rest[i + 1]) > 0) options[name] = Number(rest[++i]);
    else return null;
    given.add(name);
  }
  const preset = options.smoke ? { size: 1000, rounds: 1, seconds: 1, warmSeconds: 1, minutes: 0.3 } : options.quick ? { rounds: 3, seconds: 1, warmSeconds: 1 } : {};
  for (const [name, value] of Object.entries(preset)) if (!given.has(name)) options[name] = value;
  return options;
}

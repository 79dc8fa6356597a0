// Debian's Chromium for measurements, with an empty profile each time. Its driver lies with the browser tests.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The browser; undefined when there is none. */
export const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

/** Opens a browser, hands its first page to `use`, and closes it. */
export async function withBrowser(use, more = []) {
  const chromium = await driver();
  const profile = await mkdtemp(join(tmpdir(), 'hearth-bench-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true, viewport: { width: 1280, height: 860 }, args: [...flags, ...more],
  });
  try {
    return await use(context.pages()[0] ?? await context.newPage());
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function driver() {
  const tests = fileURLToPath(new URL('../../tests/sdk/package.json', import.meta.url));
  try {
    return (await import(pathToFileURL(createRequire(tests).resolve('playwright-core')))).default.chromium;
  } catch {
    throw new Error('the driver of the browser is missing: run `npm ci` in tests/sdk');
  }
}

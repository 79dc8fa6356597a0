// Debian's Chromium, driven without a browser download and without talking to anybody but the server under test.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Where pictures of the pages go; never tracked. */
export const pictures = fileURLToPath(new URL('../../../artifacts/screenshots/', import.meta.url));

/** False, or why a browser test is skipped here. In CI a missing browser is a failure, so it is never skipped there. */
export const withoutBrowser = !existsSync(executablePath) && process.env.CI !== 'true' && `no browser at ${executablePath}`;

/** Opens a browser with an empty profile; `close()` ends it and removes the profile. */
export async function openBrowser(options = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'hearth-browser-'));
  await mkdir(pictures, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    timeout: 60_000,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...options,
  });
  context.setDefaultTimeout(60_000); // a test machine may be busy with other things
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}

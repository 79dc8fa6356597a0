// Debian's Chromium, driven without a browser download and without talking to anybody but the server under test.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

// The one without a window first: a file of tests took three quarters of the processor time with it.
const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

/** Where pictures of the pages go; never tracked. */
export const pictures = fileURLToPath(new URL('../../../artifacts/screenshots/', import.meta.url));

/** False, or why a browser test is skipped here. In CI a missing browser is a failure, so it is never skipped there. */
export const withoutBrowser = !existsSync(executablePath ?? '') && process.env.CI !== 'true' && 'Chromium is not installed';

const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const patienceMs = 60_000; // a test machine may be busy with other things

/** Starts a browser that several files share; its address belongs into HEARTH_TEST_BROWSER of their environment. */
export const startBrowser = () => chromium.launchServer({ executablePath, headless: true, timeout: patienceMs, args });

/** Opens a browser with nothing in it; `close()` ends it. In a run of many files it is a profile of its own in the one that they share: a start takes more than most tests. */
export async function openBrowser(options = {}) {
  await mkdir(pictures, { recursive: true });
  const shared = process.env.HEARTH_TEST_BROWSER;
  const browser = shared ? await chromium.connect(shared, { timeout: patienceMs }) : await chromium.launch({ executablePath, headless: true, timeout: patienceMs, args });
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  const close = async () => {
    await context.close();
    await browser.close();
  };
  return { context, close };
}

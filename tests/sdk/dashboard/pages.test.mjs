// Every page of the dashboard, light and dark: it opens by its address, nothing complains, axe finds nothing wrong (WCAG 2.2 AA), and it fits a phone, in German too.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { colourRules, guestPages, openDashboard, pagesOf } from '../support/dashboard.mjs';
import { startFurnished } from './furnished.mjs';

describe('every page', { skip: withoutBrowser }, () => {
  let furnished;
  before(async () => {
    furnished = await startFurnished();
  });
  after(() => furnished?.server.stop());

  it('is well in light and in dark', async t => {
    const dashboard = await openDashboard(furnished.server);
    const guest = await openDashboard(furnished.server, { signIn: false });
    try {
      for (const [name, path] of pagesOf(furnished)) await t.test(name, () => look(dashboard, path));
      // A token that nobody issued: the pages tell it politely, and the refusal is no complaint of theirs.
      for (const [name, path] of guestPages('aaa.bbb.ccc')) await t.test(name, () => look(guest, path, { refusals: true }));
    } finally {
      await dashboard.close();
      await guest.close();
    }
  });

  it('opens in dark', async () => {
    const dashboard = await openDashboard(furnished.server, { scheme: 'dark' });
    try {
      await dashboard.go('/');
      assert.deepEqual(await dashboard.axeFaults(), []);
      dashboard.assertQuiet();
      assert.equal(await dashboard.page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    } finally {
      await dashboard.close();
    }
  });

  it('fits a phone and speaks German', async t => {
    const dashboard = await openDashboard(furnished.server, { width: 360, height: 740, language: 'de-DE' });
    try {
      for (const [name, path] of pagesOf(furnished)) {
        await t.test(name, async () => {
          await dashboard.go(path);
          assert.equal(await dashboard.fits(), true, `${path} is wider than 360 pixels`);
          assert.equal(await dashboard.page.locator('html').getAttribute('lang'), 'de');
          // A text that has no words yet shows its key.
          const keys = await dashboard.page.evaluate(() => document.body.innerText.match(/^[a-z]+(\.[a-zA-Z]+){1,4}$/gm) ?? []);
          assert.deepEqual(keys.filter(key => /^(nav|states|actions|title|hint)\./.test(key)), []);
        });
      }
      dashboard.assertQuiet();
    } finally {
      await dashboard.close();
    }
  });
});

/** Opens a page, and turns the light off while it is open: what the system asks for may change at any time. */
async function look(dashboard, path, { refusals = false } = {}) {
  dashboard.noise.length = 0;
  await dashboard.page.emulateMedia({ colorScheme: 'light' });
  await dashboard.go(path);
  const faults = await dashboard.axeFaults();
  await dashboard.page.emulateMedia({ colorScheme: 'dark' });
  await dashboard.page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
  // Colours of one part come a moment after those of another; what stays wrong is wrong.
  let inDark;
  for (const deadline = Date.now() + 10_000; ; await dashboard.page.waitForTimeout(200)) {
    inDark = (await dashboard.axeFaults(colourRules)).filter(fault => !faults.includes(fault)).map(fault => `in dark: ${fault}`);
    if (inDark.length === 0 || Date.now() > deadline) break;
  }
  assert.deepEqual(dashboard.noise.filter(line => !refusals || !/status of 40[0134]/.test(line)), []);
  assert.deepEqual([...faults, ...inDark], []);
}

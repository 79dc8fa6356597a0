// Every page of the dashboard, light and dark: it opens by its address, nothing complains, axe finds nothing wrong (WCAG 2.2 AA), and it fits a phone, in German too.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { engine } from '../support/engine.mjs';
import { guestPages, openDashboard, pagesOf } from '../support/dashboard.mjs';
import { startFurnished } from './furnished.mjs';

describe('every page', { skip: withoutBrowser }, () => {
  let furnished;
  before(async () => {
    furnished = await startFurnished();
  });
  after(() => furnished?.server.stop());

  // Nothing of the look depends on the engine.
  for (const scheme of engine === 'sqlite' ? ['light', 'dark'] : ['light']) {
    it(`is well in ${scheme}`, async t => {
      const dashboard = await openDashboard(furnished.server, { scheme });
      const guest = await openDashboard(furnished.server, { scheme, signIn: false });
      try {
        for (const [name, path] of pagesOf(furnished)) await t.test(name, () => look(dashboard, path));
        // A token that nobody issued: the pages tell it politely, and the refusal is no complaint of theirs.
        for (const [name, path] of guestPages('aaa.bbb.ccc')) await t.test(name, () => look(guest, path, { refusals: true }));
      } finally {
        await dashboard.close();
        await guest.close();
      }
    });
  }

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

async function look(dashboard, path, { refusals = false } = {}) {
  dashboard.noise.length = 0;
  await dashboard.go(path);
  assert.deepEqual(dashboard.noise.filter(line => !refusals || !/status of 40[0134]/.test(line)), []);
  assert.deepEqual(await dashboard.axeFaults(), []);
}

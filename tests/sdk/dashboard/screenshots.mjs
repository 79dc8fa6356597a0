// npm run screenshots: a picture of every page of the dashboard, light and dark and as on a phone, in artifacts/screenshots/dashboard. `npm run screenshots -- logs map` takes these only.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pictures } from '../support/browser.mjs';
import { guestPages, openDashboard, pagesOf } from '../support/dashboard.mjs';
import { startFurnished } from './furnished.mjs';

const only = process.argv.slice(2);
const furnished = await startFurnished();
try {
  for (const [kind, options] of Object.entries({ light: {}, dark: { scheme: 'dark' }, phone: { width: 360, height: 740 }, german: { language: 'de-DE' } })) {
    const folder = join(pictures, 'dashboard', kind);
    await mkdir(folder, { recursive: true });
    for (const [signIn, pages] of [[true, pagesOf(furnished)], [false, guestPages('aaa.bbb.ccc')]]) {
      const dashboard = await openDashboard(furnished.server, { ...options, signIn });
      for (const [name, path] of pages.filter(([name]) => !only.length || only.includes(name))) {
        try {
          await dashboard.go(path);
          await dashboard.page.screenshot({ path: join(folder, `${name}.png`) });
        } catch (error) {
          console.log(`${kind} ${name}: ${error.message.split('\n')[0]}`);
        }
      }
      for (const line of new Set(dashboard.noise)) console.log(`${kind}: ${line}`);
      await dashboard.close();
    }
  }
  console.log(`Pictures are in ${join(pictures, 'dashboard')}`);
} finally {
  await furnished.server.stop();
}

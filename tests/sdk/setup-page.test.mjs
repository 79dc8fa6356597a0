// The small page of a server without the dashboard, in a browser: from the printed link to a superuser who can sign in (contract 10.10).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openBrowser, pictures, withoutBrowser } from './support/browser.mjs';
import { startServer } from './support/server.mjs';

describe('the setup page without the dashboard', { skip: withoutBrowser }, () => {
  let server, browser, page, link;
  const noise = [];
  before(async () => {
    server = await startServer({ setUp: false, args: ['--no-dashboard'] });
    browser = await openBrowser({ viewport: { width: 900, height: 800 } });
    page = await browser.context.newPage();
    page.on('pageerror', error => noise.push(error.message));
    page.on('console', message => message.type() === 'error' && noise.push(message.text()));
    link = /http:\S+\/_\/#\/pbinstall\/\S+/.exec(server.output)?.[0];
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('tells what is wrong before anything is sent', async () => {
    assert.ok(link, server.output);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Create the first superuser' }).waitFor();
    await page.getByRole('button', { name: 'Create superuser' }).click();
    await page.getByText('Please enter your e-mail address.').waitFor();
    await page.getByLabel('E-mail address').fill('first@example.com');
    await page.getByLabel('Password', { exact: true }).fill('first-secret');
    await page.getByLabel('Password again').fill('something else');
    await page.getByRole('button', { name: 'Create superuser' }).click();
    await page.getByText('The two passwords differ.').waitFor();
    await page.screenshot({ path: join(pictures, 'setup.png') });
  });

  it('makes the superuser, who can sign in', async () => {
    await page.getByLabel('Password again').fill('first-secret');
    await page.getByRole('button', { name: 'Create superuser' }).click();
    await page.getByRole('heading', { name: 'The superuser is there' }).waitFor();
    await page.screenshot({ path: join(pictures, 'setup-done.png') });
    assert.equal(page.url().includes('pbinstall'), false, 'the token leaves the address bar');
    const client = await server.user('first@example.com', 'first-secret', '_superusers');
    assert.equal(client.authStore.isSuperuser, true);
    assert.deepEqual(noise, []);
  });

  it('says so when the link has been used', async () => {
    await page.goto(`${server.url}/_/`);
    await page.getByRole('heading', { name: 'This server runs on Hearth' }).waitFor();
    await page.goto(link);
    await page.getByLabel('E-mail address').fill('second@example.com');
    await page.getByLabel('Password', { exact: true }).fill('second-secret');
    await page.getByLabel('Password again').fill('second-secret');
    await page.getByRole('button', { name: 'Create superuser' }).click();
    await page.getByText('This setup link has ended.').waitFor();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await page.screenshot({ path: join(pictures, 'setup-phone.png') });
  });
});

// Coming into the dashboard: from the printed link to the first superuser, two factors, a passkey, a sign-in that ends under an open page, a server that goes away.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { addAuthenticator } from '../support/authenticator.mjs';
import { openBrowser, pictures, withoutBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

const run = promisify(execFile);
const [address, secret] = ['first@example.com', 'first-secret'];

describe('coming into the dashboard', { skip: withoutBrowser }, () => {
  let server, browser, page, link, home, codes, appSecret;
  const noise = [];
  before(async () => {
    server = await startServer({ setUp: false });
    home = `http://localhost:${server.port}/_/`; // passkeys need a name, not a number
    browser = await openBrowser({ viewport: { width: 1100, height: 860 } });
    page = await browser.context.newPage();
    page.on('pageerror', error => noise.push(error.message));
    await addAuthenticator(page);
    link = /http:\S+\/_\/#\/pbinstall\/\S+/.exec(server.output)?.[0]?.replace('127.0.0.1', 'localhost');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  const button = name => page.getByRole('button', { name, exact: true });
  const heading = name => page.getByRole('heading', { name }).waitFor();
  const fill = (label, text) => page.getByLabel(label, { exact: true }).fill(text);
  const signOut = async () => {
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading('Sign in');
  };
  const endSignIn = () => page.evaluate(() => { // as after a night with the lid closed
    const kept = JSON.parse(localStorage['hearth.superuser']);
    const [head, claims, signature] = kept.token.split('.');
    const ended = btoa(JSON.stringify({ ...JSON.parse(atob(claims)), exp: 1 })).replaceAll('=', '');
    localStorage['hearth.superuser'] = JSON.stringify({ ...kept, token: [head, ended, signature].join('.') });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const code = async () => (await run('oathtool', ['--totp', '--base32', appSecret])).stdout.trim();

  it('tells what is wrong before anything is sent', async () => {
    assert.ok(link, server.output);
    await page.goto(link);
    await heading('Create the first superuser');
    await button('Create superuser').click();
    await page.getByText('Please enter your e-mail address.').waitFor();
    await fill('E-mail address', address);
    await fill('Password', secret);
    await fill('Password again', 'something else');
    await button('Create superuser').click();
    await page.getByText('The two passwords differ.').waitFor();
    await page.screenshot({ path: join(pictures, 'dashboard-setup.png') });
  });

  it('makes the first superuser, who is in', async () => {
    await fill('Password again', secret);
    await button('Create superuser').click();
    await page.waitForURL(/#\/welcome$/);
    await page.getByRole('navigation').waitFor();
  });

  it('leaves nothing behind in the browser after signing out, asks before typing is lost, and lets an app at the same address alone', async () => {
    await page.evaluate(() => new Promise((resolve, reject) => {
      const own = JSON.parse(localStorage['hearth.superuser']).record.id;
      Object.assign(localStorage, { pocketbase_auth: '{"token":"of.an.app"}', [`hearth.sql.draft.${own}`]: 'SELECT 1' });
      const opening = indexedDB.open(`hearth.editor.${own}`, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('drafts').put({ changes: {}, base: {}, at: '' }, 'posts/1');
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = reject;
    }));
    assert.equal(await page.evaluate(() => JSON.parse(localStorage['hearth.superuser']).record.collectionName), '_superusers');
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('One record has changes that were not saved.').waitFor();
    await button('Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await button('Sign out all the same').click();
    await heading('Sign in');
    const kept = await page.evaluate(async () => [...Object.keys(localStorage), ...(await indexedDB.databases()).map(({ name }) => name)]);
    assert.deepEqual(kept.filter(name => /auth|superuser|sql|undo|editor/.test(name)), ['pocketbase_auth']);
    assert.equal(await page.evaluate(() => localStorage.pocketbase_auth), '{"token":"of.an.app"}');
    await page.evaluate(() => localStorage.removeItem('pocketbase_auth'));
    await page.goto(link);
    await fill('E-mail address', 'second@example.com');
    await fill('Password', secret);
    await fill('Password again', secret);
    await button('Create superuser').click();
    await page.getByText('This setup link has ended.').waitFor();
  });

  it('goes to the page that was asked for, after the sign-in', async () => {
    await page.goto(`${home}#/logs?x=1`);
    await heading('Sign in');
    await fill('E-mail address', address);
    await fill('Password', 'wrong-secret');
    await button('Sign in').click();
    await page.getByText('E-mail address or password is wrong.').waitFor();
    await fill('Password', secret);
    await button('Sign in').click();
    await page.waitForURL(/#\/logs\?x=1$/);
  });

  it('asks for the second factor, and takes a recovery code', async () => {
    const pb = await server.user(address, secret, '_superusers');
    await pb.collections.update('_superusers', { totp: { enabled: true } });
    const send = (path, body) => pb.send(`/api/collections/_superusers/${path}`, { method: 'POST', body });
    ({ secret: appSecret } = await send('totp/begin', { password: secret }));
    await send('totp/confirm', { code: await code() });
    ({ codes } = await send('recovery-codes', { password: secret }));
    await signOut();
    await fill('E-mail address', address);
    await fill('Password', secret);
    await button('Sign in').click();
    await heading('One more step');
    await fill('Code of your authenticator app', '000000');
    await button('Use this code').click();
    await page.getByText('That code does not work.').waitFor();
    await page.screenshot({ path: join(pictures, 'dashboard-second-factor.png') });
    await page.getByText('Use a recovery code instead').click();
    await fill('One of your recovery codes', codes[3]);
    await button('Use this code').click();
    await page.getByRole('navigation').waitFor();
  });

  it('signs in again over the page, which stays as it was', async () => {
    await page.goto(`${home}#/collections`);
    await heading('Collections');
    await page.evaluate(() => { document.body.dataset.mark = 'same page'; });
    await endSignIn();
    await heading('Sign in again');
    assert.equal(await page.getByLabel('E-mail address').inputValue(), address);
    await page.screenshot({ path: join(pictures, 'dashboard-sign-in-again.png') });
    await fill('Password', secret);
    await button('Sign in').click();
    await heading('One more step');
    await page.getByText('Use a recovery code instead').click();
    await fill('One of your recovery codes', codes[4]);
    await button('Use this code').click();
    await page.getByRole('heading', { name: 'Sign in again' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.body.dataset.mark), 'same page');
  });

  it('speaks German, and is dark when that is wanted', async () => {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('link', { name: 'Sammlungen' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    await page.getByRole('button', { name: 'Hell oder dunkel' }).click();
    await page.getByRole('menuitem', { name: 'Dunkel' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), 'dark');
    await page.reload();
    await page.getByRole('link', { name: 'Sammlungen' }).waitFor();
    await page.getByRole('button', { name: 'Sprache' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Collections' }).waitFor();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    // The chart follows the new width in the frames after it.
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    await page.getByRole('button', { name: 'Open or close the navigation' }).click();
    await page.getByRole('link', { name: 'Settings' }).waitFor();
    await page.screenshot({ path: join(pictures, 'dashboard-phone.png') });
    assert.deepEqual(noise, []);
  });
});

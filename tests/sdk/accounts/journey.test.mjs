// One person's way through an app in a browser: sign up, confirm the address, add a passkey, an authenticator app and recovery codes, lose the phone, come back.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addAuthenticator } from '../support/authenticator.mjs';
import { openBrowser, pictures, withoutBrowser } from '../support/browser.mjs';
import { startMailServer } from '../support/mail.mjs';
import { startServer } from '../support/server.mjs';

const app = fileURLToPath(new URL('../../../samples/account/public', import.meta.url));
const run = promisify(execFile);
const secret = 'a walk along the river';

describe('an account, from sign-up to a lost phone', { skip: withoutBrowser }, () => {
  let server, box, pb, browser, page, phone, codes, home;
  const noise = [];
  before(async () => {
    [server, box] = [await startServer({ args: ['--public-dir', app] }), await startMailServer()];
    home = `http://localhost:${server.port}`; // passkeys need a name, not a number
    pb = await server.superuser();
    // A person takes seconds from one step to the next; the script does not.
    await pb.settings.update({ smtp: box.settings, meta: { appURL: home }, rateLimits: { enabled: false } });
    await pb.collections.update('users', { totp: { enabled: true }, passkeys: { enabled: true } });
    browser = await openBrowser({ viewport: { width: 900, height: 900 } });
    page = await browser.context.newPage();
    page.on('pageerror', error => noise.push(error.message));
    phone = await addAuthenticator(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await box?.stop();
  });

  /** The link of the next mail of a kind; mails without one (a sign-in from a new place) are passed over. */
  const linkTo = async (address, way) => {
    for (;;) {
      const { text } = await box.mailTo(address);
      const link = /https?:\S+\/_\/#\/auth\/\S+/.exec(text)?.[0];
      if (link?.includes(way)) return link;
    }
  };
  const button = name => page.getByRole('button', { name, exact: true });
  const heading = name => page.getByRole('heading', { name }).waitFor();
  const signInWith = async password => {
    await page.locator('#sign-in').getByLabel('E-mail address').fill('ann@example.com');
    await page.locator('#sign-in').getByLabel('Password').fill(password);
    await button('Sign in').click();
  };
  const signOut = async () => {
    await button('Sign out').click();
    await heading('Welcome');
  };

  it('signs up', async () => {
    await page.goto(home);
    await heading('Welcome');
    await page.getByText('Create an account').click();
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('Your e-mail address').fill('ann@example.com');
    await page.getByLabel('Choose a password').fill(secret);
    await page.screenshot({ path: join(pictures, 'account-sign-up.png') });
    await button('Create account').click();
    await heading('Hello, Ann');
    await page.getByText('We sent a message to ann@example.com.').waitFor();
  });

  it('confirms the address by the link in the mail', async () => {
    const link = await linkTo('ann@example.com', 'confirm-verification');
    assert.ok(link.startsWith(home), link);
    await page.goto(link);
    await heading('Your address is confirmed');
    await page.screenshot({ path: join(pictures, 'account-confirmed.png') });
    await page.goto('about:blank');
    await page.goto(link);
    await heading('Your address is confirmed'); // following it twice is no fault
    await page.goto(home);
    await page.getByText('ann@example.com is confirmed.').waitFor();
  });

  it('adds a passkey, an authenticator app and recovery codes', async () => {
    await button('Add a passkey').click();
    await page.getByText('Passkey of this device').waitFor();
    await button('Add an authenticator app').click();
    await page.locator('#secret').filter({ hasText: /^[A-Z2-7]{16,}$/ }).waitFor();
    const { stdout } = await run('oathtool', ['--totp', '--base32', await page.locator('#secret').textContent()]);
    await page.locator('#confirm-app').getByLabel('First code of the app').fill(stdout.trim());
    await button('Confirm the app').click();
    await page.getByText('The app is added.').waitFor();
    await button('Make recovery codes').click();
    await page.locator('#codes li').nth(9).waitFor();
    codes = await page.locator('#codes li').allTextContents();
    assert.equal(new Set(codes).size, 10);
    await page.screenshot({ path: join(pictures, 'account-home.png'), fullPage: true });
    await signOut();
  });

  it('signs in with the passkey alone', async () => {
    await button('Sign in with a passkey').click();
    await heading('Hello, Ann');
    await signOut();
  });

  it('comes back with a recovery code when the phone is gone', async () => {
    await phone.clear();
    await signInWith(secret);
    await heading('One more step');
    await page.getByText('You do not have your phone?').click();
    await page.getByLabel('One of your recovery codes').fill('0000-0000');
    await button('Use this code').click();
    await page.getByText('That code does not work.').waitFor();
    await page.screenshot({ path: join(pictures, 'account-second.png') });
    await page.getByLabel('One of your recovery codes').fill(codes[4]);
    await button('Use this code').click();
    await heading('Hello, Ann');
    await page.getByText('That code is used up.').waitFor();
    await page.locator('#passkeys').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The passkey is removed.').waitFor();
    await button('Remove the app').click();
    await page.getByText('The app is removed.').waitFor();
    await button('Add a passkey').click();
    await page.getByText('The passkey is added.').waitFor();
    await signOut();
    await button('Sign in with a passkey').click();
    await heading('Hello, Ann');
    await signOut();
  });

  it('chooses a new password by mail, which signs out every other place', async () => {
    const elsewhere = await server.user('ann@example.com', secret);
    await page.getByText('Forgot your password?').click();
    await page.getByLabel('Address of the account').fill('ann@example.com');
    await button('Send me a link').click();
    await page.getByText('If there is an account with this address').waitFor();
    const link = await linkTo('ann@example.com', 'confirm-password-reset');
    await page.goto(link);
    await heading('Choose a new password');
    await page.getByLabel('New password').fill('another walk');
    await page.getByLabel('Repeat the new one').fill('another run');
    await button('Set password').click();
    await page.getByText('The two passwords differ.').waitFor();
    await page.screenshot({ path: join(pictures, 'account-new-password.png') });
    await page.getByLabel('Repeat the new one').fill('another walk');
    await button('Set password').click();
    await heading('Your new password is set');
    await assert.rejects(elsewhere.collection('users').authRefresh(), { status: 401 });
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('New password').fill('a third walk');
    await page.getByLabel('Repeat the new one').fill('a third walk');
    await button('Set password').click();
    await heading('This link does not work any more');
    await page.goto(home);
    await signInWith('another walk');
    await heading('Hello, Ann');
  });

  it('moves to another address, confirmed from there', async () => {
    const ann = await server.user('ann@example.com', 'another walk');
    await ann.collection('users').requestEmailChange('ann@new.example');
    await page.goto(await linkTo('ann@new.example', 'confirm-email-change'));
    await heading('Confirm your new address');
    await page.getByText('ann@new.example').waitFor();
    await page.getByLabel('Your password').fill('a wrong walk');
    await button('Confirm address').click();
    await page.locator('[id$="-error"]').waitFor();
    await page.getByLabel('Your password').fill('another walk');
    await button('Confirm address').click();
    await heading('Your new address is confirmed');
    assert.equal((await server.user('ann@new.example', 'another walk')).authStore.record.verified, true);
    assert.deepEqual(noise, []);
  });
});

// How superusers prove who they are, with a passkey and with a code by mail, in a browser with a device of its own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addAuthenticator } from '../support/authenticator.mjs';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { codeOf, startMailServer } from '../support/mail.mjs';
import { email, password, startServer } from '../support/server.mjs';

describe('the proofs of a superuser', { skip: withoutBrowser }, () => {
  let server, pb, box, dashboard, page, device, home;
  before(async () => {
    [server, box] = [await startServer(), await startMailServer()];
    pb = await server.superuser();
    await pb.settings.update({ smtp: box.settings, meta: { senderAddress: 'emma@app.example' } });
    home = `http://localhost:${server.port}/_/`; // passkeys need a name, not a number
    dashboard = await openDashboard(server, { signIn: false });
    page = dashboard.page;
    device = await addAuthenticator(page);
    await page.goto(home);
    await signIn();
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
    await box?.stop();
  });
  const says = text => page.getByText(text).first().waitFor();
  const label = name => page.getByLabel(name, { exact: true });
  const button = name => dashboard.button(name);
  const inside = () => page.getByRole('button', { name: /^Your account/ }).waitFor();
  const passkeys = () => page.getByRole('region', { name: 'Passkeys' });
  const rows = () => pb.collection('_passkeys').getFullList();
  const refused = (...statuses) => { // a browser notes each answer that refuses
    dashboard.noise = dashboard.noise.filter(line => !statuses.some(status => line.includes(`status of ${status}`)));
  };
  const mailedCode = async () => { // among the mails that tell of a sign-in from a new place
    for (;;) {
      const mail = await box.mailTo(email);
      if (mail.subject.startsWith('OTP for ')) return codeOf(mail);
    }
  };
  async function signIn() {
    await label('E-mail address').fill(email);
    await label('Password').fill(password);
    await button('Sign in').click();
    await inside();
  }
  const signOut = async () => {
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  };
  const account = async () => {
    await page.goto(`${home}#/account`);
    await passkeys().waitFor();
    await dashboard.settled();
  };

  it('a passkey is turned on and added on the account page, once for each device', async () => {
    await account();
    await passkeys().getByRole('button', { name: 'Turn on for superusers' }).click();
    await says('You have no passkey yet.');
    await button('Add a passkey').click();
    await says('The passkey is added.');
    await passkeys().getByText(/^Passkey of /).waitFor();
    const [credential] = await device.credentials();
    assert.equal(credential.rpId, 'localhost');
    assert.deepEqual([(await rows()).length, (await rows())[0].recordRef], [1, pb.authStore.record.id]);
    assert.deepEqual(await dashboard.axeFaults(), []);
    await button('Add a passkey').click();
    await says('This device has a passkey of your account already.');
    assert.equal((await rows()).length, 1);
    dashboard.assertQuiet();
  });

  it('signs in with it: no address, no password, and no second step', async () => {
    await signOut();
    await button('Sign in with a passkey').click();
    await inside();
    assert.equal(await page.evaluate(() => JSON.parse(localStorage['hearth.superuser']).record.email), email);
    assert.notEqual((await rows())[0].lastUsed, '');
    dashboard.assertQuiet();
  });

  it('says so when its owner turns away, or the device has none', async () => {
    await signOut();
    const [credential] = await device.credentials();
    await device.clear();
    await button('Sign in with a passkey').click();
    await says('The passkey was not used.');
    await device.put(credential);
    await button('Sign in with a passkey').click();
    await inside();
    dashboard.assertQuiet();
  });

  it('asks for the password before another one is added, when the sign-in itself is no fresh proof', async () => {
    // A token that nobody signed in for; one of more than ten minutes ago is answered the same.
    const { authStore } = await pb.collection('_superusers').impersonate(pb.authStore.record.id, 3600);
    const signedIn = await page.evaluate(kept => {
      const before = localStorage['hearth.superuser'];
      localStorage['hearth.superuser'] = kept;
      return before;
    }, JSON.stringify({ token: authStore.token, record: authStore.record }));
    await page.reload();
    await account();
    await button('Add a passkey').click();
    await label('Your password').fill('wrong-secret');
    await button('Go on').click();
    await passkeys().getByRole('alert').waitFor();
    await button('Add a passkey').click();
    await label('Your password').fill(password);
    await button('Go on').click();
    await says('This device has a passkey of your account already.');
    await page.evaluate(kept => { localStorage['hearth.superuser'] = kept; }, signedIn);
    await page.reload();
    await inside();
    refused(403, 400);
    dashboard.assertQuiet();
  });

  it('a code by mail is followed by the password, whatever the address was typed for', async () => {
    await pb.collections.update('_superusers', { otp: { enabled: true } }); // asks everybody for two
    await signOut();
    await button('Get a code by e-mail').click();
    await label('E-mail address').fill(email);
    await button('Send me a code').click();
    await says(`Type the code from the message to ${email}.`);
    const code = await mailedCode();
    await label('Code').fill('00000000');
    await button('Sign in').click();
    await says('That code is wrong, or it has ended.');
    await label('Code').fill(code);
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await label('Your password').fill('wrong-secret');
    await button('Sign in').click();
    await says('The password is wrong.');
    await label('Your password').fill(password);
    await button('Sign in').click();
    await inside();
    refused(400, 401);
    dashboard.assertQuiet();
  });

  it('after the password the code by mail is asked for or the passkey, as the person likes', async () => {
    const half = async () => {
      await signOut();
      await label('E-mail address').fill(email);
      await label('Password').fill(password);
      await button('Sign in').click();
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
    };
    await half();
    await button('Sign in with a passkey').click();
    await inside();
    await half();
    assert.deepEqual(await dashboard.axeFaults(), []);
    await button('Get a code by e-mail').click();
    assert.equal(await label('E-mail address').inputValue(), email);
    await button('Send me a code').click();
    await label('Code').fill(await mailedCode());
    await button('Sign in').click();
    await inside();
    refused(401);
    dashboard.assertQuiet();
  });

  it('a passkey that did not see its owner is one proof only: address and password follow', async () => {
    await pb.collections.update('_superusers', { passkeys: { userVerification: 'discouraged' } });
    await device.setUserVerified(false);
    await signOut();
    await button('Sign in with a passkey').click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    assert.equal(await button('Sign in with a passkey').count(), 0);
    await label('E-mail address').fill(email);
    await label('Your password').fill(password);
    assert.deepEqual(await dashboard.axeFaults(), []);
    await button('Sign in').click();
    await inside();
    await device.setUserVerified(true);
    await pb.collections.update('_superusers', { passkeys: { userVerification: 'required' } });
    refused(401);
    dashboard.assertQuiet();
  });

  it('services are not for superusers: the server keeps them off, the sign-in shows none', async () => {
    const { oauth2 } = await pb.collections.update('_superusers', { oauth2: { enabled: true, providers: [{ name: 'google', clientId: 'a', clientSecret: 'b' }] } });
    assert.equal(oauth2.enabled, false);
    assert.deepEqual((await server.guest().collection('_superusers').listAuthMethods()).oauth2, { enabled: false, providers: [] });
    await signOut();
    await button('Sign in with a passkey').waitFor();
    assert.equal(await page.getByRole('button', { name: /Google/ }).count(), 0);
    await button('Sign in with a passkey').click();
    await inside();
  });

  it('is removed; then it is not a way in any more, and the page says why', async () => {
    await account();
    await passkeys().getByRole('button', { name: /^Remove: Passkey of / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await says('You have no passkey yet.');
    assert.deepEqual(await rows(), []);
    await signOut();
    await button('Sign in with a passkey').click();
    await says('This passkey is not known here.');
    refused(400);
    dashboard.assertQuiet();
  });

  it('at an address that is a number says what to do instead of offering what browsers refuse', async () => {
    await page.goto(`http://127.0.0.1:${server.port}/_/`);
    await label('Password').waitFor();
    assert.equal(await button('Sign in with a passkey').count(), 0);
    dashboard.assertQuiet();
  });
});

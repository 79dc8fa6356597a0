// The pages with which an app is run: settings, mails, backups, SQL console, audit log, sessions, keys, check-up and schedules.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import PocketBase from 'pocketbase';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { password, startServer } from '../support/server.mjs';

describe('running an app by the dashboard', { skip: withoutBrowser }, () => {
  let server, pb, dashboard, page;
  before(async () => {
    server = await startServer({ args: ['--dev'] });
    pb = await server.superuser();
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
  });
  const says = text => page.getByText(text).first().waitFor();
  const label = name => page.getByLabel(name, { exact: true });
  const dialog = () => page.getByRole('dialog');
  const sound = async () => assert.deepEqual(await dashboard.axeFaults(), []);

  it('settings: one form in sections, faults at their place, only what changed is sent', async () => {
    await pb.settings.update({ smtp: { password: 'kept-secret' } });
    await dashboard.go('/settings/app');
    await page.getByRole('textbox', { name: 'Name' }).fill('Atlas');
    await page.getByRole('link', { name: 'Limits' }).click();
    await label('Requests to').first().fill('no such label!');
    await says('Not saved yet: App and Limits');
    await dashboard.button('Save changes').click();
    await says('Must be in a valid format.');
    await sound();
    dashboard.noise = dashboard.noise.filter(line => !line.includes('400')); // the refused save
    assert.notEqual((await pb.settings.getAll()).meta.appName, 'Atlas');
    await label('Requests to').first().fill('*:auth');
    await page.keyboard.press('Control+s');
    await says('The settings are saved.');
    assert.equal((await pb.settings.getAll()).meta.appName, 'Atlas');
    await dashboard.go('/audit?about=settings');
    await page.getByRole('button', { name: 'Details of settings.changed' }).first().click();
    await page.getByRole('cell', { name: 'meta.appName', exact: true }).waitFor();
    await dashboard.button('Check the chain').click();
    await says('The log is whole');
    await sound();
  });

  it('mails: shown with their styles, in a frame where nothing runs and nothing is loaded from elsewhere', async () => {
    await pb.collections.update('users', {
      verificationTemplate: {
        subject: 'Welcome <b>{APP_NAME}</b>',
        body: `<p id="styled" style="color: rgb(1, 2, 3)">Hello</p><script>document.title = 'run'; parent.document.title = 'run'</script>
          <img src="https://pictures.invalid/a.png" onerror="parent.document.title = 'run'"><a href="javascript:document.title='run'">odd</a><a href="{APP_URL}/{TOKEN}">good</a>`,
      },
    });
    await dashboard.go('/settings/mail');
    await label('To').fill('ana@example.com');
    await dashboard.button('Send test mail').click();
    await says('The mail to ana@example.com was handed over.');
    await dashboard.go('/mails');
    await page.getByRole('heading', { name: 'Welcome <b>Atlas</b>' }).waitFor();
    const mail = page.frameLocator('iframe');
    assert.equal(await mail.locator('#styled').evaluate(part => getComputedStyle(part).color), 'rgb(1, 2, 3)');
    assert.equal(await mail.getByText('odd').getAttribute('href'), null);
    assert.match(await mail.getByText('good').getAttribute('href'), /^http/);
    await says('One picture from another server is not loaded.');
    assert.equal(await page.title(), 'Mail · Hearth');
    await sound();
    dashboard.assertQuiet();
  });

  it('backups: one is taken, and restored when its name was typed', async () => {
    await pb.collection('users').create({ email: 'before@example.com', password, passwordConfirm: password });
    await dashboard.go('/backups');
    await page.getByRole('button', { name: 'Back up now' }).first().click();
    await label('Name (optional)').fill('morning');
    await dialog().getByRole('button', { name: 'Back up now' }).click();
    await page.getByRole('cell', { name: 'morning.zip' }).first().waitFor();
    await pb.collection('users').create({ email: 'after@example.com', password, passwordConfirm: password });
    await dashboard.button('Restore morning.zip').click();
    const restore = dialog().getByRole('button', { name: 'Restore everything' });
    assert.equal(await restore.isDisabled(), true);
    await label('Type morning.zip to go on').fill('morning.zip');
    await sound();
    await restore.click();
    await says('Everything is as it was in morning.zip.');
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    assert.deepEqual((await pb.collection('users').getFullList()).map(user => user.email), ['before@example.com']);
    await dashboard.button('Delete morning.zip').click();
    await dialog().getByRole('button', { name: 'Delete backup' }).click();
    await says('No backup yet');
    dashboard.assertQuiet();
  });

  it('the SQL console reads, and changes only when that was allowed and asked', async () => {
    await dashboard.go('/sql');
    const write = async text => {
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete'); // over coloured text Chromium would put the colour into a style, which the policy refuses
      await page.keyboard.insertText(text);
      await page.keyboard.press('Control+Enter');
    };
    await write("SELECT id, '<img src=x onerror=alert(1)>' AS odd, NULL AS none FROM users");
    await page.getByRole('cell', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    await says('One row in');
    await sound();
    await write("UPDATE users SET name = 'Ada'");
    await says('This changes something');
    assert.equal((await pb.collection('users').getFirstListItem('')).name, '');
    await dashboard.button('Allow changes and run it').click();
    await dialog().getByRole('button', { name: 'Change it' }).click();
    await says('One row changed in');
    assert.equal((await pb.collection('users').getFirstListItem('')).name, 'Ada');
    await page.reload();
    await says("UPDATE users SET name = 'Ada'");
    dashboard.assertQuiet();
  });

  it('keys: made with a scope, shown once, ended', async () => {
    await dashboard.go('/keys');
    await dashboard.button('Turn keys on').click();
    await says('Accounts of _superusers may have keys now.');
    await dashboard.button('New key').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Robot');
    await label('list in users').check();
    await sound();
    await dashboard.button('Make key').click();
    const key = await page.getByText(/^hearth_key_\w{49}$/).textContent();
    const ask = path => fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal((await ask('/api/collections/users/records')).status, 200);
    assert.equal((await ask('/api/settings')).status, 403);
    await dashboard.button('I have it').click();
    await page.getByRole('cell', { name: 'Robot' }).first().waitFor();
    await dashboard.button('End the key Robot').click();
    await dialog().getByRole('button', { name: 'End key' }).click();
    await says('No keys yet');
    assert.notEqual((await ask('/api/settings')).status, 200);
    dashboard.assertQuiet();
  });

  it('sessions: the one of another place is ended', async () => {
    const other = new PocketBase(server.url);
    await other.collection('users').authWithPassword('before@example.com', password);
    await dashboard.go('/sessions');
    await page.getByRole('row', { name: /before@example.com/ }).getByRole('button', { name: /End the session/ }).click();
    await dialog().getByRole('button', { name: 'End it' }).click();
    await says('The session has ended.');
    await assert.rejects(() => other.collection('users').authRefresh(), error => error.status === 401);
    dashboard.assertQuiet();
  });

  it('the check-up leads to what mends it, and schedules run', async () => {
    await dashboard.go('/doctor');
    await page.getByText('Nothing makes backups.').waitFor();
    await page.getByText('Set backups.cron, such as @daily').getByRole('link', { name: 'Open the page' }).click();
    await page.getByRole('heading', { name: 'Schedule' }).waitFor();
    await dashboard.go('/crons');
    await dashboard.button(/__pbDBOptimize__/).click();
    await says('__pbDBOptimize__ has begun.');
    await page.getByRole('row', { name: /__pbDBOptimize__/ }).getByText(/^took [\d.]+ m?s$/).waitFor();
    const { lastRun } = (await pb.crons.getFullList({ query: { runs: true } })).find(job => job.id === '__pbDBOptimize__');
    assert.equal(lastRun.failed, false);
    assert.ok(lastRun.took > 0 && Date.now() - new Date(lastRun.at) < 60_000, JSON.stringify(lastRun));
    assert.ok((await pb.send('/api/audit', { query: { filter: "action = 'cron.run'" } })).totalItems >= 1);
    dashboard.assertQuiet();
  });

  it('speaks German, and fits a phone', async () => {
    const small = await openDashboard(server, { language: 'de-DE', width: 360, height: 760, scheme: 'dark' });
    try {
      for (const [path, title] of [['/settings/limits', 'Einstellungen'], ['/backups', 'Sicherungen'], ['/mails', 'E-Mails'], ['/audit', 'Protokoll'], ['/sql', 'SQL-Konsole'],
        ['/sessions', 'Anmeldungen'], ['/keys', 'API-Schlüssel'], ['/doctor', 'Untersuchung'], ['/crons', 'Zeitpläne']]) {
        await small.go(path);
        await small.page.getByRole('heading', { name: title, level: 1 }).waitFor();
        assert.ok(await small.fits(), `${path} is wider than the screen`);
        assert.deepEqual(await small.axeFaults(), [], path);
      }
      small.assertQuiet();
    } finally {
      await small.close();
    }
  });
});

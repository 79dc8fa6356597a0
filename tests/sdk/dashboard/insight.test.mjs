// Seeing inside: the log with its filter, the journey of a request in words, the map of what goes on, and trying the API as somebody else.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';

describe('seeing inside', { skip: withoutBrowser }, () => {
  let server, dashboard, page;
  before(async () => {
    server = await startServer();
    const pb = await server.superuser();
    await pb.collections.create({
      name: 'places',
      type: 'base',
      listRule: '@request.auth.id != ""',
      fields: [{ name: 'title', type: 'text' }],
    });
    for (const title of ['Ahlen', '<b>Bonn</b>', 'Celle']) await pb.collection('places').create({ title });
    await pb.collection('users').create({ email: 'ana@example.com', name: 'Ana', password: 'Trotz-dem-Regen-7', passwordConfirm: 'Trotz-dem-Regen-7' });
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
  });

  it('tries the API as an account, and tells the journey of that request in words', async () => {
    await dashboard.go('/collections/places/api');
    await page.getByText("pb.collection('places').getList(1, 30").waitFor();
    await page.getByText('As an account').click();
    await page.getByPlaceholder('Which account').click();
    await page.getByRole('option', { name: 'ana@example.com' }).click();
    await dashboard.button('Send').click();
    await page.getByText('"totalItems": 3').waitFor();
    await page.getByRole('link', { name: 'See its journey' }).click();
    await page.getByRole('heading', { name: 'Ana asked for records of places' }).waitFor();
    await page.getByText('The rule let Ana read 3 of 3 records of places').waitFor();
    await page.getByText('The database found 3 records in places.').waitFor();
    await dashboard.button('Show the SQL').first().click();
    await page.getByText('FROM').first().waitFor();
    assert.deepEqual(await dashboard.axeFaults(), []);
  });

  it('tells a guest no, and says so', async () => {
    await dashboard.go('/collections/places/api?do=create');
    await dashboard.button('Send').click();
    await page.getByText('403').first().waitFor();
    await page.getByRole('link', { name: 'See its journey' }).click();
    await page.getByText('Only superusers may add records to places. That is why the request ended here.').waitFor();
  });

  it('finds requests by a filter, and opens one', async () => {
    await dashboard.go('/logs?filter=data.status%3D403');
    await page.getByRole('link', { name: /POST\s+places\/records/ }).first().waitFor();
    assert.equal(await page.getByRole('link', { name: /^GET/ }).count(), 0);
    assert.deepEqual(await dashboard.axeFaults(), []);
    await page.getByRole('link', { name: /POST\s+places\/records/ }).first().click();
    await page.getByRole('heading', { name: 'A guest wanted to add a record to places' }).waitFor();
  });

  it('shows the map, and each box opens its page', async () => {
    await dashboard.go('/map');
    await page.getByText(/requests in the last minute, half of them answered within/).waitFor();
    assert.deepEqual(await dashboard.axeFaults(), []);
    assert.ok(await dashboard.fits());
    await page.getByRole('link', { name: /^Backups/ }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Backups' }).waitFor();
  });

  it('finds an address of the whole API', async () => {
    await dashboard.go('/api?show=all&search=places%20POST');
    await page.getByText('/api/collections/places/records', { exact: true }).click();
    await page.getByText('What is sent').waitFor();
    assert.deepEqual(await dashboard.axeFaults(), []);
    dashboard.noise = dashboard.noise.filter(line => !line.includes('403')); // the refusal that was asked for
    dashboard.assertQuiet();
  });
});

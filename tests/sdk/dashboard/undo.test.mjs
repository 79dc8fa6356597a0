// Undo of an import and of a bulk edit leaves alone what somebody changed since, asks first, and tells true numbers.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';

describe('undo in the dashboard', { skip: withoutBrowser }, () => {
  let server, pb, dashboard, page;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({ name: 'things', type: 'base', fields: [{ name: 'name', type: 'text' }, { name: 'city', type: 'text' }] });
    dashboard = await openDashboard(server);
    page = dashboard.page;
    await dashboard.go('/collections/things');
  });
  after(async () => {
    await dashboard?.browser.close();
    await server?.stop();
  });
  const button = name => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const shows = text => page.getByText(text).first().waitFor();
  const named = async name => pb.collection('things').getFirstListItem(`name = "${name}"`);
  const all = async () => (await pb.collection('things').getFullList({ sort: 'name' })).map(({ name, city }) => `${name}: ${city}`);

  it('of an import asks, keeps the record that was edited, and removes it only when that is said', async () => {
    const csv = 'name,city\none,Ulm\ntwo,Bonn\nthree,Kiel\n';
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Import' }).click();
    await page.locator('input[type=file]').first().setInputFiles({ name: 'things.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await button('Import 3 rows').click();
    await shows('3 added');
    await button('Show the records').click();
    await shows('3 records were imported');
    await pb.collection('things').update((await named('two')).id, { city: 'Bern' });

    await button('Undo').click();
    await dialog().getByText('2 imported records will be removed.').waitFor();
    await dialog().getByText('1 record may have been changed since. It is left alone.').waitFor();
    assert.deepEqual(await all(), ['one: Ulm', 'three: Kiel', 'two: Bern'], 'nothing before the answer');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await button('Undo').click();
    await dialog().getByRole('button', { name: 'Undo' }).click();
    await shows('2 imported records were removed. 1 record that may have been changed since was left alone.');
    assert.deepEqual(await all(), ['two: Bern']);
  });

  it('of a bulk edit keeps what a colleague wrote later', async () => {
    await pb.collection('things').create({ name: 'four', city: 'Trier' });
    await page.reload();
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await button('Edit').click();
    await dialog().getByRole('textbox', { name: 'Field' }).or(dialog().getByRole('combobox', { name: 'Field' })).first().click();
    await page.getByRole('option', { name: 'city' }).click();
    await page.getByLabel('Value').fill('Everywhere');
    await button('Change 2 records').click();
    await shows('2 records were changed');
    await pb.collection('things').update((await named('two')).id, { city: 'LaterByColleague' });
    await button('Undo').click();
    await dialog().getByText('1 record gets its former values back.').waitFor();
    await dialog().getByRole('button', { name: 'Undo' }).click();
    await shows('1 record is as it was. 1 record that may have been changed since was left alone.');
    assert.deepEqual(await all(), ['four: Trier', 'two: LaterByColleague']);
  });
});

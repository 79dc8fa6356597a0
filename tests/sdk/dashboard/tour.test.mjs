// What a new user does on the first day, from the printed link to a restored backup, in one browser and with nothing but the dashboard.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { pictures, withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';
import { picture } from './furnished.mjs';

const airports = fileURLToPath(new URL('../../../samples/atlas/airports.csv', import.meta.url));
const [address, secret] = ['first@example.com', 'first-secret'];

describe('a first day with the dashboard', { skip: withoutBrowser }, () => {
  let server, dashboard, page, pb;
  before(async () => {
    server = await startServer({ setUp: false, args: ['--dev'] });
    dashboard = await openDashboard(server, { signIn: false });
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
  });
  const button = name => page.getByRole('button', { name, exact: true });
  const snap = async name => {
    await mkdir(join(pictures, 'tour'), { recursive: true });
    await page.screenshot({ path: join(pictures, 'tour', `${name}.png`) });
  };

  it('begins with the first superuser', async () => {
    await page.goto(/http:\S+\/_\/#\/pbinstall\/\S+/.exec(server.output)[0]);
    await page.getByLabel('E-mail address', { exact: true }).fill(address);
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await page.getByLabel('Password again', { exact: true }).fill(secret);
    await button('Create superuser').click();
    await page.waitForURL(/#\/welcome$/);
    pb = await server.user(address, secret, '_superusers');
    // A script is quicker than a person; and rows go together where batches are on.
    await pb.settings.update({ rateLimits: { enabled: false }, batch: { enabled: true, maxRequests: 200, timeout: 30 } });
    await snap('1-welcome');
  });

  it('imports the airports', async () => {
    await page.getByText('Import a file').first().click();
    await page.locator('input[type=file]').setInputFiles(airports);
    await page.getByText(/^3,36\d rows and 5 columns/).waitFor();
    assert.equal(await page.getByLabel('Name of the collection').inputValue(), 'airports');
    await snap('2-import');
    await button('Create the collection and go on').click();
    await page.getByRole('button', { name: /^Import 3,?36\d rows$/ }).click();
    await page.getByText('The import is done').waitFor({ timeout: 180_000 });
    await button('Show the records').click();
    await page.waitForURL(/#\/collections\/airports/);
    await page.getByText(/of 3,36\d$/).first().waitFor();
    assert.equal((await pb.collection('airports').getList(1, 1)).totalItems > 3360, true);
    await snap('3-records');
  });

  it('edits a cell and a record', async () => {
    await page.getByLabel('Search', { exact: true }).fill('Thigpen');
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: 'Bay Springs', exact: true }).dblclick();
    await page.getByLabel('New value of city').fill('Bay Springs on Sea');
    await page.keyboard.press('Enter');
    await page.getByRole('gridcell', { name: 'Bay Springs on Sea' }).waitFor();
    const stored = () => pb.collection('airports').getFirstListItem('iata = "00M"');
    await eventually(async () => assert.equal((await stored()).city, 'Bay Springs on Sea'));
    await page.getByRole('button', { name: /^Open / }).first().click();
    await page.getByLabel('state', { exact: true }).fill('LA');
    await button('Save').click();
    await page.getByText('Saved.').first().waitFor();
    assert.equal((await stored()).state, 'LA');
    await page.keyboard.press('Escape');
  });

  it('changes many at once, and takes it back', async () => {
    await dashboard.go(`/collections/airports?filter=${encodeURIComponent('state = "WY"')}`);
    const before = await pb.collection('airports').getFullList({ filter: 'state = "WY"' });
    await page.getByLabel('Select all on this page').check();
    await page.getByRole('region', { name: 'Selected records' }).getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Field' }).or(dialog.getByRole('textbox', { name: 'Field' })).first().click();
    await page.getByRole('option', { name: 'city' }).click();
    await dialog.getByRole('textbox', { name: 'Value' }).fill('Wyoming city');
    await page.getByRole('button', { name: /^Change \d+ records?$/ }).click();
    await page.getByText(/records were changed/).first().waitFor();
    await eventually(async () => assert.equal((await pb.collection('airports').getList(1, 1, { filter: 'city = "Wyoming city"' })).totalItems > 5, true));
    await snap('4-bulk');
    await button('Undo').first().click();
    await page.getByText(/records are as they were/).first().waitFor();
    const afterwards = new Map((await pb.collection('airports').getFullList({ filter: 'state = "WY"' })).map(one => [one.id, one.city]));
    for (const { id, city } of before) assert.equal(afterwards.get(id), city);
  });

  it('writes a rule and reads what it means', async () => {
    await dashboard.go('/collections/airports/edit?tab=rules');
    const rule = page.getByRole('group', { name: 'List and search' });
    await rule.getByText('Rule', { exact: true }).click();
    await dashboard.write(rule.getByRole('textbox', { name: 'List and search' }), '@request.auth.id != ""');
    await rule.getByText(/signed in/i).waitFor();
    await snap('5-rule');
    await dashboard.write(rule.getByRole('textbox', { name: 'List and search' }), 'nobody = 1');
    await rule.getByText(/nobody/).nth(1).waitFor(); // what is wrong with it
    await dashboard.write(rule.getByRole('textbox', { name: 'List and search' }), 'state = "CA" || @request.auth.id != ""');
    await rule.getByText(/signed in/i).waitFor();
    await button('Save').click();
    await page.getByText('airports is saved.').waitFor();
    assert.equal((await pb.collections.getOne('airports')).listRule, 'state = "CA" || @request.auth.id != ""');
    assert.ok((await server.guest().collection('airports').getList(1, 1)).totalItems > 10);
  });

  it('changes the schema after a look at what would happen', async () => {
    await dashboard.go('/collections/airports/edit');
    await button('File').click();
    // The new one stands before the dates that the server sets.
    await page.getByLabel('Name of the field').and(page.locator('[value=""], [value^="file"]')).first().fill('photo');
    await button('See what would happen').click();
    const dialog = page.getByRole('dialog', { name: 'What would happen' });
    await dialog.getByText(/photo/).first().waitFor();
    await snap('6-plan');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('airports is saved.').waitFor();
    assert.equal((await pb.collections.getOne('airports')).fields.some(({ name, type }) => name === 'photo' && type === 'file'), true);
  });

  it('puts a picture into a record and sees it small', async () => {
    const one = await pb.collection('airports').getFirstListItem('iata = "SFO"');
    await dashboard.go(`/collections/airports/records/${one.id}`);
    await writeFile(join(pictures, 'sfo.png'), picture(400, 300, 3));
    await page.locator('input[type=file]').first().setInputFiles(join(pictures, 'sfo.png'));
    await button('Save').click();
    await page.getByText('Saved.').first().waitFor();
    await dashboard.go(`/collections/airports?filter=${encodeURIComponent('iata = "SFO"')}`);
    const thumb = page.locator('img[src*="thumb="]').first();
    await thumb.scrollIntoViewIfNeeded();
    await eventually(async () => assert.equal(await thumb.evaluate(image => image.complete && image.naturalWidth > 0 && image.naturalWidth < 400), true));
    await snap('7-thumb');
  });

  it('reads the journey of a slow request', async () => {
    // Every request is slow when a millisecond is: the server keeps its journey without being asked.
    await pb.settings.update({ logs: { minLevel: 0 }, journeys: { slowMs: 1, sample: 0 } });
    await server.guest().collection('airports').getList(1, 500, { filter: 'name ~ "a" && city ~ "o"', sort: '-name' }).catch(() => {});
    await pb.collection('airports').getList(1, 500, { filter: 'name ~ "a" && city ~ "o"', sort: '-name' });
    const entry = await eventually(async () => {
      const { items } = await pb.logs.getList(1, 20, { sort: '-@rowid' });
      const found = items.find(({ data }) => data.journey?.why === 'slow' && /airports\/records/.test(data.url) && data.status === 200);
      assert.ok(found, 'no entry has the journey of a slow request');
      return found;
    });
    await dashboard.go('/logs');
    await page.getByText(/^airports\/records/).first().waitFor();
    await dashboard.go(`/logs/${entry.id}`);
    await page.getByRole('heading', { name: 'The journey of a request' }).or(page.getByRole('heading', { level: 1 })).first().waitFor();
    await page.getByText(/records of airports; the database answered in/).first().waitFor();
    await snap('8-journey');
  });

  it('makes a backup and restores it', async () => {
    await dashboard.go('/backups');
    await button('Back up now').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Name/).fill('first_day.zip');
    await dialog.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('first_day.zip').first().waitFor();
    await eventually(async () => assert.equal((await pb.backups.getFullList()).some(({ key }) => key === 'first_day.zip'), true));
    const before = (await pb.collection('airports').getList(1, 1)).totalItems;
    await pb.collection('airports').delete((await pb.collection('airports').getFirstListItem('state = "WY"')).id);
    await dashboard.go('/backups');
    await page.getByRole('button', { name: 'Restore first_day.zip' }).click();
    await page.getByRole('dialog').getByLabel('Type first_day.zip to go on').fill('first_day.zip');
    await snap('9-restore');
    await button('Restore everything').click();
    await page.getByText(/^Restored/).first().waitFor({ timeout: 180_000 });
    assert.equal((await pb.collection('airports').getList(1, 1)).totalItems, before);
  });

  it('has heard no complaint from the browser', () => dashboard.assertQuiet());
});

/** Asks again until it no longer throws, for half a minute; gives what came of it. */
async function eventually(ask) {
  for (const end = Date.now() + 30_000; ;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(done => setTimeout(done, 100));
    }
  }
}

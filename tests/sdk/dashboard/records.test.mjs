// The grid of records: finding, editing in the cell, many at once and back again, import and export, changes of others, values that are odd.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';

describe('records in the dashboard', { skip: withoutBrowser }, () => {
  let server, pb, dashboard, page, first;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({
      name: 'things', type: 'base',
      fields: [{ name: 'name', type: 'text', required: true }, { name: 'count', type: 'number' }, { name: 'extra', type: 'json' }, { name: 'created', type: 'autodate', onCreate: true }],
    });
    for (let i = 0; i < 12; i++) await pb.collection('things').create({ name: `thing ${i}`, count: i });
    first = await pb.collection('things').create({ name: '<script>alert(1)</script>'.padEnd(5000, 'x'), count: 99, extra: { html: '<img src=x onerror=alert(2)>' } });
    dashboard = await openDashboard(server);
    page = dashboard.page;
    await dashboard.go('/collections/things');
  });
  after(async () => {
    await dashboard?.browser.close();
    await server?.stop();
  });
  const button = name => page.getByRole('button', { name, exact: true });
  const cell = (row, column) => page.locator(`[data-at="${row}:${column}"]`);
  const shows = text => page.getByText(text).first().waitFor();
  const until = async (what, wanted) => {
    const end = Date.now() + 60_000;
    while (await what() !== wanted) {
      if (Date.now() > end) assert.equal(await what(), wanted);
      await page.waitForTimeout(100);
    }
  };

  it('shows what scripts say as text, and axe finds nothing wrong', async () => {
    await shows('1–13 of 13');
    assert.match(await cell(0, 2).innerText(), /^<script>alert\(1\)<\/script>x+…$/);
    assert.deepEqual(await dashboard.axeFaults(), []);
  });

  it('finds by text, keeps it in the address, and sorts', async () => {
    await page.getByRole('searchbox').fill('thing 1');
    await shows('1–3 of 3');
    assert.match(page.url(), /q=thing\+1/);
    await page.getByRole('columnheader', { name: 'count' }).getByRole('button').click();
    await until(() => cell(0, 2).innerText(), 'thing 1');
    await page.getByRole('searchbox').fill('');
    await shows('1–13 of 13');
    await until(() => cell(12, 2).innerText().then(text => text.slice(0, 8)), '<script>');
  });

  it('takes what is typed into the filter before its editor has come, and goes on in the editor', async () => {
    let come;
    const held = new Promise(done => { come = done; });
    await page.route('**/FilterEditor*.js', async route => (await held, route.continue()));
    await page.locator('input[aria-label^="Filter"]').click();
    await page.keyboard.type('count >');
    come();
    await page.locator('.cm-content').first().waitFor();
    await page.keyboard.type(' 9');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await shows('1–3 of 3');
    assert.match(decodeURIComponent(page.url()).replaceAll('+', ' '), /filter=count > 9/);
    await dashboard.write(page.locator('.cm-content').first(), '');
    await page.keyboard.press('Enter');
    await shows('1–13 of 13');
  });

  it('edits in the cell with the keyboard, and keeps the text when the server refuses it', async () => {
    await cell(0, 3).click();
    await page.keyboard.press('Enter');
    await page.keyboard.type('500');
    await page.keyboard.press('Enter');
    await until(async () => (await pb.collection('things').getFirstListItem('name = "thing 0"')).count, 500);
    await cell(1, 2).click();
    await page.keyboard.press('F2');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await shows('Cannot be blank.');
    await page.keyboard.press('Escape');
    await until(() => cell(1, 2).innerText(), 'thing 1');
  });

  it('shows at once what somebody else changes', async () => {
    const { id } = await pb.collection('things').getFirstListItem('name = "thing 5"');
    await shows('Live');
    await pb.collection('things').update(id, { name: 'changed elsewhere' });
    await shows('changed elsewhere');
  });

  it('changes many, takes it back after the page was loaded anew, deletes many and takes that back', async () => {
    const before = (await pb.collection('things').getFullList({ sort: 'id' })).map(({ id, name, count }) => ({ id, name, count }));
    const now = async () => JSON.stringify((await pb.collection('things').getFullList({ sort: 'id' })).map(({ id, name, count }) => ({ id, name, count })));
    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await button('Edit').click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Field' }).or(page.getByRole('combobox', { name: 'Field' })).first().click();
    await page.getByRole('option', { name: 'count' }).click();
    await page.getByText('Add', { exact: true }).click();
    await page.getByLabel('Value').fill('1000');
    await button('Change 13 records').click();
    await shows('13 records were changed');
    assert.ok((await pb.collection('things').getFullList()).every(({ count }) => count >= 1000));
    await page.reload();
    await button('Undo').click();
    await until(now, JSON.stringify(before));

    await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
    await button('Delete').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await shows('13 records were deleted');
    assert.equal(await now(), '[]');
    await button('Undo').click();
    await until(now, JSON.stringify(before));
    assert.equal((await pb.collection('things').getOne(first.id)).extra.html, '<img src=x onerror=alert(2)>');
  });

  it('imports a file with a preview, changes what is there by its key, and says which rows were refused', async () => {
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Import' }).click();
    const csv = 'Name,COUNT,other\nthing 2,22,x\nnew one,7,y\nbad one,many,z\n,1,z\n';
    await page.locator('input[type=file]').setInputFiles({ name: 'things.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await shows('4 rows with 3 columns');
    await page.getByPlaceholder('always add').click();
    await page.getByRole('option', { name: 'name' }).click();
    await button('Import 4 rows').click();
    await shows('1 added, 1 changed, 2 not imported.');
    await shows('count: "many" is not a number');
    await button('Show the records').click();
    assert.equal((await pb.collection('things').getFirstListItem('name = "thing 2"')).count, 22);
  });

  it('exports what is found', async () => {
    await page.getByRole('searchbox').fill('new one');
    await shows('1–1 of 1');
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
    assert.match(await text(await download.createReadStream()), /^id,name,count,extra,created\r\n[a-z0-9]{15},new one,7,,20\d\d-/);
  });

  it('keeps what is shown as a view', async () => {
    await button('Views').click();
    await page.getByRole('menuitem', { name: 'Save as a view' }).click();
    await page.getByLabel('Name').fill('The new one');
    await button('Save').click();
    await button('The new one').waitFor();
    await dashboard.go('/collections/things');
    await shows('of 14');
    await button('Views').click();
    await page.getByRole('menuitem', { name: 'The new one' }).click();
    await shows('1–1 of 1');
  });
});

// Collections in the dashboard: one is made, its rules are written and read, a change is looked at before it is done, and everything goes again.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';

describe('collections in the dashboard', { skip: withoutBrowser }, () => {
  let server, pb, dashboard, page;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
  });
  const name = () => page.getByRole('textbox', { name: 'Name of the field' });
  const rule = label => page.getByRole('group', { name: label, exact: true });
  const menu = async (of, item) => {
    await page.getByRole('button', { name: `More for ${of}`, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  it('makes one with fields of several types', async () => {
    await dashboard.go('/collections/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('posts');
    for (const [type, called] of [['Text', 'title'], ['Number', 'views'], ['Relation', 'author']]) {
      await page.getByRole('button', { name: type, exact: true }).click();
      await name().nth(['title', 'views', 'author'].indexOf(called) + 1).fill(called);
    }
    await page.getByRole('combobox', { name: 'Refers to' }).click();
    await page.getByRole('option', { name: 'users', exact: true }).click();
    await dashboard.button('Create the collection').click();
    await page.getByRole('heading', { name: 'What would happen' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Create the collection' }).click();
    await page.waitForURL(/#\/collections\/posts$/);
    const { fields } = await pb.collections.getOne('posts');
    assert.deepEqual(fields.map(field => `${field.name} ${field.type}`), ['id text', 'title text', 'views number', 'author relation', 'created autodate', 'updated autodate']);
  });

  it('checks a rule while it is written, says what it means, and saves it', async () => {
    await dashboard.go('/collections/posts/edit?tab=rules');
    const update = rule('Change');
    await update.getByText('Only superusers.').waitFor();
    await update.getByText('Rule', { exact: true }).click();
    const text = update.getByRole('textbox');
    await dashboard.write(text, '@request.auth.id != "" && autor = @request.auth.id');
    await update.getByText('did you mean "author"?').waitFor();
    await dashboard.write(text, '@request.auth.id != "" && author = @request.auth.id');
    await update.getByText('Only the author, while signed in.').waitFor();
    await dashboard.button('Save').click();
    await page.getByText('posts is saved.').waitFor();
    assert.equal((await pb.collections.getOne('posts')).updateRule, '@request.auth.id != "" && author = @request.auth.id');
  });

  it('shows what a change would lose before it is done', async () => {
    for (const title of ['one', 'two']) await pb.collection('posts').create({ title, views: 3 });
    await dashboard.go('/collections/posts/edit');
    await name().nth(1).fill('heading');
    await menu('views', 'Remove');
    await dashboard.button('Save').click();
    const plan = page.getByRole('dialog');
    await plan.getByText(/Delete the field views of posts; 2 records/).waitFor();
    assert.deepEqual(await dashboard.axeFaults(), []);
    assert.ok(await plan.getByRole('button', { name: 'Save' }).isDisabled());
    await plan.getByLabel('I have seen what would be lost.').check();
    await plan.getByRole('button', { name: 'Save' }).click();
    await page.getByText('posts is saved.').waitFor();
    const [record] = await pb.collection('posts').getFullList({ sort: 'heading' });
    assert.deepEqual([record.heading, 'views' in record], ['one', false]);
  });

  it('asks before a page with changes is left', async () => {
    await dashboard.go('/collections/posts/edit');
    await name().nth(1).fill('caption');
    await page.getByRole('navigation').getByRole('link', { name: 'Collections' }).click();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(/#\/collections$/);
  });

  it('shows them as a list and a picture', async () => {
    await dashboard.go('/collections');
    await page.getByRole('row', { name: /posts/ }).waitFor();
    assert.deepEqual(await dashboard.axeFaults(), []);
    await page.getByText('Picture', { exact: true }).click();
    await page.locator('.react-flow__edge').first().waitFor({ state: 'attached' });
    assert.deepEqual(await dashboard.axeFaults(), []);
  });

  it('empties and deletes one after asking', async () => {
    await dashboard.go('/collections');
    await menu('posts', 'Delete all records');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('All 2 records of posts').waitFor();
    await dialog.getByRole('textbox').fill('posts');
    await dialog.getByRole('button', { name: 'Delete all records' }).click();
    await page.getByText('All records of posts are deleted.').waitFor();
    assert.equal((await pb.collection('posts').getList()).totalItems, 0);
    await menu('posts', 'Delete the collection');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete posts' }).click();
    await page.getByText('posts is deleted.').waitFor();
    await assert.rejects(pb.collections.getOne('posts'));
  });

  it('nobody complained', () => dashboard.assertQuiet());
});

// The form of a record in a browser: every type of field, files, two people at once, drafts, and values that would like to be scripts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { email, password, startServer } from '../support/server.mjs';

const hostile = '<img src=x onerror="document.title=\'owned\'"><script>document.title=\'owned\'</script>';

// In the page: something that the browser keeps for it has this text.
const draftHas = async text => {
  const done = request => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    try {
      for (const store of database.objectStoreNames) if (JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())).includes(text)) return true;
    } finally {
      database.close();
    }
  }
  return false;
};

describe('one record', { skip: withoutBrowser }, () => {
  let server, pb, things, authors;

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    authors = await pb.collections.create({ name: 'authors', type: 'base', fields: [{ name: 'name', type: 'text', required: true, presentable: true }] });
    things = await pb.collections.create({
      name: 'things', type: 'base',
      fields: [
        { name: 'title', type: 'text', required: true, presentable: true },
        { name: 'body', type: 'editor' },
        { name: 'count', type: 'number' },
        { name: 'kind', type: 'select', values: ['red', 'green'], maxSelect: 1 },
        { name: 'due', type: 'date' },
        { name: 'authors', type: 'relation', collectionId: authors.id, maxSelect: 3, cascadeDelete: true },
        { name: 'papers', type: 'file', maxSelect: 3, maxSize: 40 << 20 },
        { name: 'scan', type: 'file', protected: true },
        { name: 'data', type: 'json', maxSize: 20 << 20 },
        { name: 'place', type: 'geoPoint' },
      ],
    });
    await pb.collection('authors').create({ name: 'Ada Lovelace' });
    await pb.collection('authors').create({ name: hostile });
  });
  after(() => server?.stop());

  const opened = async (path, work) => {
    const dashboard = await openDashboard(server);
    try {
      await dashboard.go(path);
      await work(dashboard.page, dashboard);
    } finally {
      await dashboard.close();
    }
  };
  const field = (page, name) => page.locator(`[data-field="${name}"]`);

  test('is made with a related record that is made on the way, and with files of which a large one goes in pieces', () =>
    opened('/collections/things?record=new', async (page, dashboard) => {
      await page.getByRole('textbox', { name: 'title' }).fill('A chair');
      await field(page, 'body').locator('.ProseMirror').fill('Four legs');
      await page.getByRole('textbox', { name: 'count' }).fill('4');
      await field(page, 'authors').getByRole('textbox').fill('lovel');
      await page.getByRole('option', { name: 'Ada Lovelace' }).click();
      await field(page, 'authors').getByRole('textbox').click();
      await page.getByRole('option', { name: 'New record in authors' }).click();
      const nested = page.getByRole('dialog').last();
      await nested.getByRole('textbox', { name: 'name' }).fill('Grace Hopper');
      await nested.getByRole('button', { name: 'Create' }).click();
      await field(page, 'authors').getByRole('link', { name: 'Grace Hopper' }).waitFor();
      await field(page, 'papers').locator('input[type=file]').setInputFiles([
        { name: 'small.txt', mimeType: 'text/plain', buffer: Buffer.from('small') },
        { name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(17 << 20, 7) },
      ]);
      await field(page, 'scan').locator('input[type=file]').setInputFiles({ name: 'scan.txt', mimeType: 'text/plain', buffer: Buffer.from('secret') });
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText('Created.', { exact: true }).waitFor();
      const made = await pb.collection('things').getFirstListItem('title = "A chair"', { expand: 'authors' });
      assert.equal(made.body, '<p>Four legs</p>');
      assert.equal(made.count, 4);
      assert.deepEqual(made.expand.authors.map(({ name }) => name), ['Ada Lovelace', 'Grace Hopper']);
      assert.deepEqual(made.papers.map(name => name.replace(/_\w{10}\./, '.')), ['small.txt', 'large.bin']);
      // A protected file opens by its link, because that carries a token.
      await dashboard.go(`/collections/things/records/${made.id}`);
      const link = await field(page, 'scan').getByRole('link', { name: made.scan, exact: true }).getAttribute('href');
      assert.equal(await (await fetch(link)).text(), 'secret');
      assert.equal((await fetch(link.split('?')[0])).status, 404);
      dashboard.assertQuiet();
    }));

  test('that two people change is never overwritten: what only one touched is taken over, the rest is shown side by side', async () => {
    const { id } = await pb.collection('things').create({ title: 'Shared', count: 1, kind: 'red' });
    await opened(`/collections/things/records/${id}`, async page => {
      await page.getByRole('textbox', { name: 'title' }).fill('Mine');
      await pb.collection('things').update(id, { title: 'Theirs', count: 2 });
      await page.getByText('Somebody else changed this, too').waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'count' }).inputValue(), '2');
      assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true);
      await page.getByRole('button', { name: 'Keep mine' }).click();
      await page.keyboard.press('Control+s');
      await page.getByText('Saved.', { exact: true }).waitFor();
      const { title, count } = await pb.collection('things').getOne(id);
      assert.deepEqual({ title, count }, { title: 'Mine', count: 2 });
    });
  });

  test('is safe without live news, too: the tag refuses what was read before the change', async () => {
    const { id } = await pb.collection('things').create({ title: 'Unheard', kind: 'red' });
    const dashboard = await openDashboard(server);
    const { page } = dashboard;
    try {
      await page.route('**/api/realtime', route => route.abort());
      await dashboard.go(`/collections/things/records/${id}`);
      await page.getByRole('textbox', { name: 'title' }).fill('Mine');
      await pb.collection('things').update(id, { title: 'Theirs' });
      await page.keyboard.press('Control+s');
      await page.getByText('Somebody else changed this, too').waitFor();
      assert.equal((await pb.collection('things').getOne(id)).title, 'Theirs');
      await page.getByRole('button', { name: 'Take theirs' }).click();
      assert.equal(await page.getByRole('textbox', { name: 'title' }).inputValue(), 'Theirs');
    } finally {
      await dashboard.close();
    }
  });

  test('keeps what was typed when the tab is closed, and says so', async () => {
    const { id } = await pb.collection('things').create({ title: 'Long letter' });
    await opened(`/collections/things/records/${id}`, async (page, dashboard) => {
      await page.getByRole('textbox', { name: 'title' }).fill('Long letter, half done');
      // A draft is kept a moment after the last key.
      for (let tries = 0; !await page.evaluate(draftHas, 'Long letter, half done'); tries++) {
        assert.ok(tries < 300, 'no draft was kept');
        await page.waitForTimeout(100);
      }
      await page.reload();
      await page.getByText('You did not save this yet').waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'title' }).inputValue(), 'Long letter, half done');
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
      await page.waitForURL(/#\/$/);
      await dashboard.go(`/collections/things/records/${id}`);
      assert.equal(await page.getByRole('textbox', { name: 'title' }).inputValue(), 'Long letter');
    });
  });

  test('what was typed is for who typed it, when somebody else signs in after an ended sign-in, here or in another tab', async () => {
    const { id } = await pb.collection('things').create({ title: 'Plan' });
    const [otherEmail, otherPassword] = ['other@example.com', 'other-secret'];
    await pb.collection('_superusers').create({ email: otherEmail, password: otherPassword, passwordConfirm: otherPassword });
    await opened(`/collections/things/records/${id}`, async (page, dashboard) => {
      const title = () => page.getByRole('textbox', { name: 'title' });
      const signIn = async (tab, who, secret) => {
        await tab.getByLabel('E-mail address', { exact: true }).fill(who);
        await tab.getByLabel('Password', { exact: true }).fill(secret);
        await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
      };
      await title().fill('Mine alone');
      await page.waitForFunction(async () => {
        const name = (await indexedDB.databases()).find(one => one.name.startsWith('hearth.editor.'))?.name;
        return name && new Promise(resolve => {
          const opening = indexedDB.open(name, 1);
          opening.onerror = () => resolve(false);
          opening.onsuccess = () => {
            const keys = opening.result.transaction('drafts').objectStore('drafts').getAllKeys();
            keys.onsuccess = () => resolve(keys.result.length > 0);
            opening.result.close();
          };
        });
      });
      await page.evaluate(() => { // as after a night with the lid closed
        const kept = JSON.parse(localStorage['hearth.superuser']);
        const [head, claims, signature] = kept.token.split('.');
        const ended = btoa(JSON.stringify({ ...JSON.parse(atob(claims)), exp: 1 })).replaceAll('=', '');
        localStorage['hearth.superuser'] = JSON.stringify({ ...kept, token: [head, ended, signature].join('.') });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.getByRole('heading', { name: 'Sign in again' }).waitFor();

      const tab = await dashboard.browser.context.newPage();
      await tab.goto(`${server.url}/_/`);
      await signIn(tab, otherEmail, otherPassword);
      await page.getByRole('button', { name: /other@example\.com/ }).waitFor();
      await title().waitFor();
      assert.equal(await title().inputValue(), 'Plan');
      assert.equal(await page.getByText('You did not save this yet').count(), 0);
      await dashboard.go(`/collections/things/records/${id}`);
      assert.equal(await title().inputValue(), 'Plan');

      // Nothing of theirs is lost, so nothing is asked; what the first one typed stays.
      await tab.close();
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await signIn(page, email, password);
      await page.getByRole('button', { name: /root@example\.com/ }).waitFor();
      await dashboard.go(`/collections/things/records/${id}`);
      await page.getByText('You did not save this yet').waitFor();
      assert.equal(await title().inputValue(), 'Mine alone');
      assert.equal((await pb.collection('things').getOne(id)).title, 'Plan');
    });
  });

  test('shows HTML as text and runs none of it; what the text view would drop opens as HTML and stays', async () => {
    const body = `${hostile}<table><tbody><tr><td>cell</td></tr></tbody></table>`;
    const [{ id: author }] = await pb.collection('authors').getFullList({ filter: 'name ~ "onerror"' });
    const { id } = await pb.collection('things').create({ title: hostile, body, authors: [author], data: { text: hostile } });
    await opened(`/collections/things/records/${id}`, async (page, dashboard) => {
      await field(page, 'body').getByText('This HTML has what the text view cannot keep').waitFor();
      await field(page, 'body').getByText('Text', { exact: true }).click();
      await field(page, 'body').locator('.ProseMirror').waitFor();
      await page.getByRole('textbox', { name: 'count' }).fill('1');
      await page.keyboard.press('Control+s');
      await page.getByText('Saved.', { exact: true }).waitFor();
      assert.equal((await pb.collection('things').getOne(id)).body, body);
      assert.notEqual(await page.title(), 'owned');
      assert.equal(await page.locator('img[src="x"]').count(), 0);
      dashboard.assertQuiet();
    });
  });

  test('with 10 MB of JSON opens, shows the beginning, and can still be edited', async () => {
    const data = Array.from({ length: 90_000 }, (_, number) => ({ number, text: 'x'.repeat(85) }));
    const { id } = await pb.collection('things').create({ title: 'Heavy', data });
    await opened(`/collections/things/records/${id}`, async page => {
      await field(page, 'data').getByText('too large to edit here').waitFor();
      await page.getByRole('textbox', { name: 'title' }).fill('Heavy, renamed');
      await page.keyboard.press('Control+s');
      await page.getByText('Saved.', { exact: true }).waitFor();
      const { title, data: kept } = await pb.collection('things').getOne(id);
      assert.equal(title, 'Heavy, renamed');
      assert.equal(kept.length, data.length);
    });
  });

  test('says what goes with it before it is deleted', async () => {
    const { id } = await pb.collection('authors').create({ name: 'Doomed' });
    const { id: thing } = await pb.collection('things').create({ title: 'Goes along', authors: [id] });
    await opened(`/collections/authors/records/${id}`, async page => {
      await page.getByRole('button', { name: 'What can be done with this record' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByText('One record in things is deleted, too').waitFor();
      await page.getByRole('button', { name: 'Delete record' }).click();
      await page.getByText('Deleted.', { exact: true }).waitFor();
      await assert.rejects(pb.collection('things').getOne(thing), { status: 404 });
    });
  });
});

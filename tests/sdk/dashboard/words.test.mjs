// What the server says, on the dashboard in German: faults at fields, mistakes in rules, plans and findings of the check-up.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startServer } from '../support/server.mjs';

describe('what the server says, in German', { skip: withoutBrowser }, () => {
  let server, pb, dashboard, page;
  before(async () => {
    server = await startServer({ args: ['--dev'] });
    pb = await server.superuser();
    await pb.collections.create({
      name: 'posts',
      type: 'base',
      updateRule: '',
      fields: [{ name: 'title', type: 'text', min: 5 }, { name: 'note', type: 'text' }],
    });
    await pb.collection('posts').create({ title: 'Hello', note: 'kept' });
    dashboard = await openDashboard(server, { language: 'de-DE' });
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
  });
  const says = text => page.getByText(text).first().waitFor();

  it('findings of the check-up and their advice', async () => {
    await dashboard.go('/doctor');
    await says('Jeder darf jeden Datensatz von posts ändern: Eine leere Regel lässt alle zu.');
    await says('Schreiben Sie eine Regel, oder lassen Sie nur Superuser zu (null).');
    const { findings } = await pb.send('/api/doctor', { method: 'GET' });
    const shown = await page.locator('main').innerText();
    // What is a name or a number may look the same in both languages; a sentence may not.
    assert.deepEqual(findings.map(({ text }) => text).filter(text => !/^(Hearth|SQLite|PostgreSQL) /.test(text) && shown.includes(text)), []);
    assert.ok(!shown.includes('Data folder'));
  });

  it('what is wrong with a record, at its field and as a whole', async () => {
    await dashboard.go('/collections/posts/records/new');
    await page.getByRole('textbox', { name: 'title' }).fill('abc');
    await page.keyboard.press('Control+s');
    await says('Mindestens 5 Zeichen.');
    dashboard.noise = dashboard.noise.filter(line => !line.includes('400')); // the refused record
  });

  it('a mistake in a rule', async () => {
    await dashboard.go('/collections/posts/edit?tab=rules');
    const create = page.getByRole('group', { name: 'Anlegen', exact: true });
    await create.getByText('Regel', { exact: true }).click();
    await dashboard.write(create.getByRole('textbox'), 'titel = "x"');
    await create.getByText('„posts“ hat kein Feld „titel“; meinten Sie „title“?').waitFor();
  });

  it('the plan of a change, and why it cannot be done', async () => {
    await dashboard.go('/collections/posts/edit');
    await page.getByRole('button', { name: 'Mehr zu note', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Entfernen' }).click();
    await dashboard.button('Speichern').click();
    const plan = page.getByRole('dialog');
    await plan.getByText('Das Feld note von posts löschen; 1 Datensatz mit einem Wert darin verlöre ihn.').waitFor();
    await plan.getByRole('button', { name: 'Abbrechen' }).click();
    await page.getByRole('textbox', { name: 'Name des Felds' }).nth(1).fill('_via_');
    await dashboard.button('Speichern').click();
    await says('Darf nicht „_via_“ enthalten.');
    dashboard.noise = dashboard.noise.filter(line => !line.includes('400')); // the refused change
  });

  it('nobody complained', () => dashboard.assertQuiet());
});

// What the dashboard does together with other places: a backup that goes to the person's machine and comes back, object stores, a mail server.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { startMailServer } from '../support/mail.mjs';
import { startS3 } from '../support/s3.mjs';
import { password, startServer } from '../support/server.mjs';

describe('the dashboard and other places', { skip: withoutBrowser }, () => {
  let server, pb, s3, box, folder, dashboard, page;
  before(async () => {
    [server, s3, box, folder] = [await startServer(), await startS3(), await startMailServer(), await mkdtemp(join(tmpdir(), 'hearth-outside-'))];
    pb = await server.superuser();
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
    await s3?.stop();
    await box?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const says = text => page.getByText(text).first().waitFor();
  const label = name => page.getByLabel(name, { exact: true });
  const button = name => dashboard.button(name);
  const dialog = () => page.getByRole('dialog');
  const quiet = (refused = false) => { // a browser notes each answer that refuses
    if (refused) dashboard.noise = dashboard.noise.filter(line => !line.includes('status of 400'));
    dashboard.assertQuiet();
  };
  const bring = async path => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a backup').click()]);
    await chooser.setFiles(path);
  };
  const keys = async () => (await pb.backups.getFullList()).map(({ key }) => key);
  const deleteOne = async key => {
    await button(`Delete ${key}`).click();
    await dialog().getByRole('button', { name: 'Delete backup' }).click();
    await says(`${key} is removed.`);
  };

  it('a backup is downloaded, removed, brought back and restored', async () => {
    await pb.collection('users').create({ email: 'before@example.com', password, passwordConfirm: password });
    await pb.backups.create('travels.zip');
    await pb.collection('users').create({ email: 'after@example.com', password, passwordConfirm: password });
    await dashboard.go('/backups');
    const [download] = await Promise.all([page.waitForEvent('download'), button('Download travels.zip').click()]);
    assert.equal(download.suggestedFilename(), 'travels.zip');
    const path = join(folder, 'travels.zip');
    await download.saveAs(path);
    const [{ size }] = await pb.backups.getFullList();
    const bytes = await readFile(path);
    assert.deepEqual([bytes.length, bytes.subarray(0, 4).toString('latin1')], [size, 'PK\x03\x04']);

    await bring(path);
    await says('A backup with this name exists already.');
    await deleteOne('travels.zip');
    assert.deepEqual(await keys(), []);
    await bring(path);
    await says('travels.zip is here.');
    await page.getByRole('cell', { name: 'travels.zip' }).first().waitFor();
    assert.deepEqual(await keys(), ['travels.zip']);
    await button('Restore travels.zip').click();
    await label('Type travels.zip to go on').fill('travels.zip');
    await dialog().getByRole('button', { name: 'Restore everything' }).click();
    await says('Everything is as it was in travels.zip.');
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    assert.deepEqual((await pb.collection('users').getFullList()).map(user => user.email), ['before@example.com']);
    quiet(true);
  });

  it('what is no backup is refused with a reason, and another one can be tried', async () => {
    await dashboard.go('/backups');
    const before = await keys();
    const text = join(folder, 'notes.txt');
    await writeFile(text, 'no zip at all');
    await bring(text);
    await says('notes.txt is no zip.');
    const fake = join(folder, 'fake.zip');
    await writeFile(fake, 'no zip at all');
    await bring(fake);
    await page.getByRole('alert').filter({ hasText: /zip/, hasNotText: 'notes.txt' }).first().waitFor();
    assert.deepEqual(await keys(), before);
    await button('Upload a backup').waitFor();
    quiet(true);
  });

  it('backups go into a bucket when the settings say so, and come from there', async () => {
    await pb.settings.update({ backups: { s3: s3.settings('backups') } });
    await dashboard.go('/backups');
    await says('Kept in the bucket backups.');
    await says('No backup yet');
    await bring(join(folder, 'travels.zip'));
    await says('travels.zip is here.');
    assert.deepEqual(await s3.keys('backups'), ['travels.zip']);
    const [download] = await Promise.all([page.waitForEvent('download'), button('Download travels.zip').click()]);
    const path = join(folder, 'from-bucket.zip');
    await download.saveAs(path);
    assert.deepEqual(await readFile(path), await readFile(join(folder, 'travels.zip')));
    await deleteOne('travels.zip');
    assert.deepEqual(await s3.keys('backups'), []);
    await pb.settings.update({ backups: { s3: { enabled: false } } });
    quiet();
  });

  it('an object store is entered, saved and tried; what is wrong with it is said', async () => {
    const place = s3.settings('files');
    await dashboard.go('/settings/files');
    await label('Keep them in an object store (S3)').check();
    await says('Save your changes first');
    assert.equal(await button('Try it').isDisabled(), true);
    await button('Save changes').click();
    await says('Cannot be blank.');
    const enter = (name, text) => page.getByRole('textbox', { name }).fill(text);
    await enter('Address of the store', place.endpoint);
    await enter('Bucket', 'nowhere');
    await enter('Region', place.region);
    await enter('Access key', place.accessKey);
    await label('Secret key').fill(place.secret);
    await page.getByRole('switch', { name: 'Bucket in the path' }).check();
    assert.deepEqual(await dashboard.axeFaults(), []);
    await button('Save changes').click();
    await says('The settings are saved.');
    await button('Try it').click();
    await page.getByRole('alert').filter({ hasText: 'NoSuchBucket' }).waitFor();
    await enter('Bucket', 'files');
    await button('Save changes').click();
    await page.getByRole('button', { name: 'Try it' }).and(page.locator(':enabled')).click();
    await says('The store works: a small object was written, read and removed.');
    assert.equal(await page.getByRole('alert').filter({ hasText: 'NoSuchBucket' }).count(), 0);
    assert.deepEqual(await s3.keys('files'), []);
    const { s3: saved } = await pb.settings.getAll();
    assert.deepEqual([saved.enabled, saved.bucket, saved.forcePathStyle, 'secret' in saved], [true, 'files', true, false]);
    await pb.settings.update({ s3: { enabled: false } });
    quiet(true);
  });

  it('a test mail goes out by the saved mail server; without an answer from it the page says why', async () => {
    await dashboard.go('/settings/mail');
    await page.getByRole('textbox', { name: 'Address of the sender' }).fill('emma@app.example');
    await label('Send through a mail server (SMTP)').check();
    await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
    await page.getByRole('textbox', { name: 'Port' }).fill('1');
    assert.equal(await button('Send test mail').isDisabled(), true);
    await button('Save changes').click();
    await says('The settings are saved.');
    await label('To').fill('ana@example.com');
    await button('Send test mail').click();
    await page.getByRole('alert').filter({ hasText: 'No connection to 127.0.0.1 on port 1' }).waitFor();
    await page.getByRole('textbox', { name: 'Port' }).fill(String(box.port));
    await button('Save changes').click();
    await page.getByRole('combobox', { name: 'Template', exact: true }).click();
    await page.getByRole('option', { name: 'One-time code' }).click();
    await page.getByRole('button', { name: 'Send test mail' }).and(page.locator(':enabled')).click();
    await says('The mail to ana@example.com was handed over.');
    const mail = await box.mailTo('ana@example.com');
    assert.deepEqual([mail.from.value[0].address, /OTP/.test(mail.subject)], ['emma@app.example', true]);
    assert.equal(await page.getByRole('alert').filter({ hasText: 'No connection' }).count(), 0);
    assert.deepEqual(await dashboard.axeFaults(), []);
    quiet(true);
  });
});

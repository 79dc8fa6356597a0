// The SDK's live updates in a real browser, with the browser's own EventSource: heard while the page is open, and again after the server was away.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openBrowser, withoutBrowser } from '../support/browser.mjs';
import { email, password, startServer } from '../support/server.mjs';

const sdk = join(dirname(createRequire(import.meta.url).resolve('pocketbase')), 'pocketbase.es.mjs');

describe('live updates in a browser', { skip: withoutBrowser }, () => {
  let server, browser, page, pages, pb;

  before(async () => {
    pages = await mkdtemp(join(tmpdir(), 'hearth-pages-'));
    await copyFile(sdk, join(pages, 'pocketbase.js'));
    await writeFile(join(pages, 'index.html'), `<!doctype html><title>notes</title><ul></ul><script type="module">
      import PocketBase from './pocketbase.js';
      const pb = window.pb = new PocketBase(location.origin);
      await pb.collection('_superusers').authWithPassword('${email}', '${password}');
      await pb.collection('notes').subscribe('*', e => {
        document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: e.action + ' ' + e.record.title }));
      });
      document.title = 'listening';
    </script>`);
    server = await startServer({ args: ['--public-dir', pages] });
    pb = await server.superuser();
    await pb.collections.create({ name: 'notes', type: 'base', fields: [{ name: 'title', type: 'text' }] });
    browser = await openBrowser();
    page = await browser.context.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === 'listening');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await rm(pages, { recursive: true, force: true });
  });

  const shown = () => page.locator('li').allTextContents();
  const shows = count => page.waitForFunction(wanted => document.querySelectorAll('li').length === wanted, count);

  it('show what happens to records', async () => {
    const note = await pb.collection('notes').create({ title: 'milk' });
    await pb.collection('notes').update(note.id, { title: 'bread' });
    await pb.collection('notes').delete(note.id);
    await shows(3);
    assert.deepEqual(await shown(), ['create milk', 'update bread', 'delete bread']);
  });

  it('go on after the connection was lost', async () => {
    const lost = await page.evaluate(() => pb.realtime.clientId);
    // The client says that it is connected, and what it listens to, a moment before the server knows: its answer counts.
    const told = page.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/api/realtime') && answer.ok());
    await browser.context.setOffline(true);
    await page.evaluate(() => pb.realtime.eventSource.dispatchEvent(new Event('error')));
    await browser.context.setOffline(false);
    await page.waitForFunction(before => pb.realtime.clientId && pb.realtime.clientId !== before && pb.realtime.isConnected, lost);
    await told;
    await pb.collection('notes').create({ title: 'eggs' });
    await shows(4);
    assert.equal((await shown()).at(-1), 'create eggs');
  });
});

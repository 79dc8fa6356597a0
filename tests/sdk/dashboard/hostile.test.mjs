// What people and attackers put into records, and servers that go away, under an open dashboard.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withoutBrowser } from '../support/browser.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { newFolder, password, removeFolder, start, startServer } from '../support/server.mjs';
import { picture } from './furnished.mjs';

const evil = '<img src=x onerror="window.ran=1;alert(1)"><script>window.ran=1;alert(2)</script>"\'>{{7*7}}${window.ran=1}';
const long = 'lorem ipsum dolor '.repeat(278).slice(0, 5000);

describe('the dashboard and hard data', { skip: withoutBrowser }, () => {
  let server, pb, dir, dashboard, record, page;
  before(async () => {
    dir = await newFolder();
    server = await startServer({ dir, setUp: true });
    pb = await server.superuser();
    const { id: users } = await pb.collections.getOne('users');
    await pb.settings.update({ meta: { appName: evil.slice(0, 100) } });
    await pb.collections.create({
      name: 'wild', type: 'base', listRule: '', viewRule: '',
      fields: [
        { name: 'title', type: 'text', max: 20_000, presentable: true }, { name: 'body', type: 'editor' }, { name: 'count', type: 'number' }, { name: 'yes', type: 'bool' }, { name: 'mail', type: 'email' },
        { name: 'site', type: 'url' }, { name: 'day', type: 'date' }, { name: 'kind', type: 'select', values: [evil, 'plain'], maxSelect: 2 }, { name: 'photo', type: 'file', maxSelect: 2 },
        { name: 'friend', type: 'relation', collectionId: users, maxSelect: 1 }, { name: 'facts', type: 'json', maxSize: 12 << 20 }, { name: 'place', type: 'geoPoint' },
      ],
    });
    const friend = await pb.collection('users').create({ name: evil, email: 'f@example.com', password, passwordConfirm: password });
    record = await pb.collection('wild').create({
      title: evil, body: `<p>before</p>${evil}<a href="javascript:window.ran=1">link</a><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`, count: 7, yes: true, mail: '"<b>"@example.com'.replace(/[<>"]/g, ''),
      site: 'https://example.com/?q=%3Cscript%3E', day: '2026-03-04 05:06:07.000Z', kind: [evil], photo: [new File([picture(8, 8, 1)], `${evil}.png`), new File([`<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"/>`], 'x.svg', { type: 'image/svg+xml' })],
      friend: friend.id, facts: { [evil]: evil }, place: { lon: 180, lat: -90 },
    });
    // Into the logs too.
    await fetch(`${server.url}/api/collections/wild/records?filter=${encodeURIComponent(evil)}`, { headers: { 'User-Agent': evil, Referer: `https://x/${encodeURIComponent(evil)}` } });
    dashboard = await openDashboard(server);
    page = dashboard.page;
  });
  after(async () => {
    await dashboard?.close();
    await server?.stop();
    await removeFolder(dir);
  });

  for (const path of ['/', '/collections', '/collections/wild', '/collections/wild?record=ID', '/collections/wild/records/ID', '/collections/wild/edit', '/collections/wild/api', '/logs', '/audit', '/sessions', '/settings']) {
    it(`runs nothing that stands in data: ${path}`, async () => {
      dashboard.noise.length = 0;
      await dashboard.go(path.replace('ID', record.id));
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.ran), undefined);
      // HTML that is only read (DOMParser) makes Chromium report handlers that could never run there.
      assert.deepEqual(dashboard.noise.filter(line => !line.startsWith('Executing inline event handler violates')), []);
    });
  }

  it('shows a script as the text that it is', async () => {
    await dashboard.go('/collections/wild');
    await page.getByText('<script>window.ran=1;alert(2)</script>').first().waitFor();
  });

  it('keeps a row low when a cell is long, and a text from right to left in its own direction', async () => {
    await pb.collection('wild').create({ title: long, body: `<p>${long}</p>`, facts: { long } });
    await pb.collection('wild').create({ title: 'مرحبا بالعالم abc 123', body: '<p>שלום</p>' });
    await dashboard.go('/collections/wild');
    const cell = page.getByText('مرحبا بالعالم').first();
    assert.equal(await cell.evaluate(element => getComputedStyle(element).direction), 'rtl');
    const heights = await page.getByRole('row').evaluateAll(rows => rows.map(row => row.getBoundingClientRect().height));
    assert.ok(heights.length >= 4, `${heights.length} rows`);
    assert.ok(Math.max(...heights) < 100, `a row is ${Math.max(...heights)} pixels high`);
    assert.equal(await dashboard.fits(), true);
  });

  it('opens a record with 10 MB of JSON without standing still', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => ({ n, text: 'about a hundred bytes of text that nobody will ever read, in each of a hundred thousand rows' }));
    const large = await pb.collection('wild').create({ title: 'large', facts: rows });
    assert.ok(JSON.stringify(rows).length > 10 << 20);
    for (const path of [`/collections/wild/records/${large.id}`, '/collections/wild']) {
      await dashboard.go(path);
      // One that stands still never shows two pictures soon; a busy machine is only late now and then.
      const times = [];
      while (times.length < 10 && !(times.at(-1) < 4000)) {
        const asked = Date.now();
        await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
        times.push(Date.now() - asked);
      }
      assert.ok(times.at(-1) < 4000, `${path}: two pictures took ${times.join(', ')} ms`);
    }
    assert.ok(await page.evaluate(() => document.documentElement.outerHTML.length) < 2 << 20);
    await pb.collection('wild').delete(large.id);
  });

  it('keeps what was typed while the server is away, and stores it when it is back', async () => {
    await dashboard.go(`/collections/wild/records/${record.id}`);
    await page.getByLabel('title', { exact: true }).fill('typed before the server went');
    await server.kill();
    await dashboard.button('Save').click();
    const banner = page.getByText('The server does not answer.', { exact: true });
    await banner.first().waitFor();
    const again = await start(['serve', '--http', `127.0.0.1:${server.port}`, '--dir', dir], 'ignore');
    try {
      await banner.waitFor({ state: 'detached' });
      assert.equal(await page.getByLabel('title', { exact: true }).inputValue(), 'typed before the server went');
      await dashboard.button('Save').click();
      await page.getByText('Saved.').first().waitFor();
      assert.equal((await pb.collection('wild').getOne(record.id)).title, 'typed before the server went');
    } finally {
      again.kill('SIGTERM');
      await new Promise(done => again.once('exit', done));
    }
  });
});

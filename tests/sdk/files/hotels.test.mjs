// samples/hotels in a real browser: somebody adds a hotel with a photo and sees it in the size and format that fits.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser, pictures, withoutBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

const sample = fileURLToPath(new URL('../../../samples/hotels/', import.meta.url));

describe('hotels', { skip: withoutBrowser }, () => {
  let server, browser, page;
  const troubles = [];

  before(async () => {
    server = await startServer({ args: ['--public-dir', join(sample, 'public')] });
    const pb = await server.superuser();
    await pb.collections.import(JSON.parse(await readFile(join(sample, 'collections.json'), 'utf8')).collections);
    browser = await openBrowser({ viewport: { width: 1000, height: 700 } });
    page = await browser.context.newPage();
    page.on('pageerror', error => troubles.push(String(error)));
    await page.goto(server.url);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A photo as the browser itself makes one. */
  const photo = async () => Buffer.from((await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 900 });
    const brush = canvas.getContext('2d');
    for (let i = 0; i < 90; i++) {
      brush.fillStyle = `hsl(${i * 4} 60% 50%)`;
      brush.fillRect(0, i * 10, 1600, 10);
    }
    return canvas.toDataURL('image/jpeg').split(',')[1];
  })), 'base64');

  it('are shown with their photos as soon as they are added', async () => {
    await page.fill('input[name=name]', 'Zur Post');
    await page.setInputFiles('input[name=photos]', { name: 'House & garden.JPG', mimeType: 'image/jpeg', buffer: await photo() });
    const small = page.waitForResponse(answer => answer.url().includes('thumb=320x240'));
    await page.click('button');
    assert.equal((await small).headers()['content-type'], 'image/avif');
    await page.waitForFunction(() => document.querySelector('#hotels img')?.naturalWidth === 320);
    assert.equal(await page.locator('#hotels img').evaluate(image => image.naturalHeight), 240);
    assert.equal(await page.locator('#hotels h2').textContent(), 'Zur Post');
    await page.screenshot({ path: join(pictures, 'hotels.png') });
  });

  it('say what is wrong with a file', async () => {
    await page.fill('input[name=name]', 'Zur Sonne');
    await page.setInputFiles('input[name=photos]', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>no photo</html>') });
    await page.click('button');
    await page.waitForFunction(() => document.querySelector('#trouble').textContent.startsWith('photos: '));
    assert.equal(await page.locator('#hotels li').count(), 1);
    assert.deepEqual(troubles, []);
  });
});

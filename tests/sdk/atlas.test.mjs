// samples/atlas in a real browser: a person picks a state, types a name and sees the matching airports.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openBrowser, pictures, withoutBrowser } from './support/browser.mjs';
import { startServer } from './support/server.mjs';

/** The airports of the sample's own file, read without the server. */
async function airportsOfTheFile() {
  const [head, ...lines] = (await readFile(new URL('../../samples/atlas/airports.csv', import.meta.url), 'utf8')).trim().split(/\r?\n/);
  const cells = line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  return lines.map(line => Object.fromEntries(cells(head).map((name, index) => [name, cells(line)[index]])));
}

describe('atlas', { skip: withoutBrowser }, () => {
  let server, browser, page, airports;
  const troubles = [];
  before(async () => {
    airports = await airportsOfTheFile();
    server = await startServer({ setUp: false, args: ['--demo'] });
    browser = await openBrowser({ viewport: { width: 1280, height: 900 } });
    page = await browser.context.newPage();
    page.on('pageerror', error => troubles.push(String(error)));
    page.on('response', response => response.status() >= 400 && troubles.push(`${response.status()} ${response.url()}`));
    await page.goto(server.url);
    await page.waitForFunction(() => document.querySelectorAll('#state option').length > 50 && document.querySelector('#results .airport'));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const matching = (state, text) => airports
    .filter(airport => (!state || airport.state === state) && [airport.name, airport.city].some(value => value.toLowerCase().includes(text.toLowerCase())))
    .map(airport => airport.iata).sort();

  /** Waits until the page has answered this very question, then gives the codes that it shows. */
  const shown = async text => {
    await page.waitForFunction(asked => document.querySelector('#count').textContent.includes(`“${asked}”`) && document.querySelector('#results').getAttribute('aria-busy') === 'false', text);
    return (await page.locator('#results .airport .code').allTextContents()).sort();
  };

  it('tells how to sign in', async () => {
    const [, identity] = await server.prints(/e-mail +(\S+)/);
    const [, secret] = await server.prints(/password +(\S+)/);
    const client = await server.user(identity, secret, '_superusers');
    assert.ok((await client.collections.getFullList()).some(collection => collection.name === 'airports'));
  });

  it('has all airports of the file behind its API', async () => {
    assert.ok(airports.length > 3000);
    assert.equal((await server.guest().collection('airports').getList(1, 1)).totalItems, airports.length);
  });

  it('shows the airports of a state whose name matches', async () => {
    const expected = matching('TX', 'san');
    assert.ok(expected.length > 1 && expected.length < 30, `${expected.length} matches`);
    await page.selectOption('#state', 'TX');
    await page.fill('#name', 'san');
    assert.deepEqual(await shown('san'), expected);
    const guest = server.guest();
    const asked = await guest.collection('airports').getFullList({ filter: guest.filter('state = {:state} && (name ~ {:text} || city ~ {:text})', { state: 'TX', text: 'san' }) });
    assert.deepEqual(asked.map(airport => airport.iata).sort(), expected);
    assert.match(await page.textContent('#count'), new RegExp(`\\b${expected.length}\\b.*Texas`));
    await page.screenshot({ path: join(pictures, 'atlas.png'), fullPage: true });
  });

  it('follows a change of the question', async () => {
    const expected = matching('CA', 'san d');
    await page.selectOption('#state', 'CA');
    await page.fill('#name', 'san d');
    assert.deepEqual(await shown('san d'), expected);
  });

  it('takes text that means something to a filter as plain text', async () => {
    for (const text of ['%', '"', "O'", '\\', '" || name != "', '_']) {
      await page.fill('#name', text);
      assert.deepEqual(await shown(text), matching('CA', text), text);
    }
    await page.fill('#name', '');
    await page.selectOption('#state', '');
    await page.waitForFunction(count => document.querySelector('#count').textContent.replaceAll(',', '').includes(count), String(airports.length));
    assert.equal(await page.locator('#results .airport').count(), 30);
  });

  it('works on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth }));
    assert.ok(scroll <= width, `${scroll} px wide on a screen of ${width}`);
    await page.screenshot({ path: join(pictures, 'atlas-phone.png') });
  });

  it('runs without a failed request or an error in the page', () => assert.deepEqual(troubles, []));
});

// The dashboard in a browser, as the program itself serves it: signed in, on a page, and looked at by axe.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { openBrowser } from './browser.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe has to find nothing wrong with: the rules of WCAG 2.2 AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Those of them that colours decide: all that can be otherwise in the dark. */
export const colourRules = ['color-contrast', 'link-in-text-block'];

const sideBar = '.mantine-AppShell-navbar';

/**
 * Opens the dashboard of a server.
 * @param scheme    light or dark
 * @param language  of the browser
 * @param signIn    false stays a guest; otherwise the superuser of support/server.mjs is signed in
 */
export async function openDashboard(server, { scheme = 'light', language = 'en-GB', width = 1280, height = 860, signIn = true } = {}) {
  const browser = await openBrowser({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await browser.context.newPage();
  const dashboard = new Dashboard(server, browser, page);
  if (signIn) await dashboard.signIn();
  return dashboard;
}

function resting() {
  const turning = [...document.querySelectorAll('.mantine-Loader-root, .mantine-Skeleton-root[data-visible]')].some(part => part.checkVisibility());
  return !turning && document.fonts.status === 'loaded';
}

class Dashboard {
  /** What the browser complained about: errors of scripts, refused by the policy, answers that failed. Tests say in the end that it is empty. */
  noise = [];
  #open = new Set();
  #looked = new Set();

  constructor(server, browser, page) {
    [this.server, this.browser, this.page] = [server, browser, page];
    page.on('pageerror', error => this.noise.push(`error: ${error.message}`));
    page.on('console', message => message.type() === 'error' && this.noise.push(`${message.text()} (${message.location().url})`));
    // Streams stay open; everything else is waited for.
    page.on('request', request => request.resourceType() !== 'eventsource' && !request.url().startsWith('data:') && this.#open.add(request));
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, request => this.#open.delete(request));
    page.on('framenavigated', frame => frame === page.mainFrame() && this.#open.clear());
    // Nothing that comes from data may open one.
    page.on('dialog', dialog => {
      if (dialog.type() !== 'beforeunload') this.noise.push(`dialog: ${dialog.message()}`);
      dialog.accept().catch(() => {});
    });
  }

  /** Puts the superuser's token where the SDK keeps it, as signing in on the page does. */
  async signIn() {
    const { authStore } = await this.server.superuser();
    const kept = JSON.stringify({ token: authStore.token, record: authStore.record });
    await this.browser.context.addInitScript(text => {
      if (origin === 'null' || window !== top) return; // frames of their own have no store
      if (!localStorage.getItem('hearth.superuser')) localStorage.setItem('hearth.superuser', text);
    }, kept);
  }

  /** Goes to an address behind the #, such as /logs, and waits until the page has come to rest. */
  async go(path = '/') {
    // From nowhere, so that nothing of the page before is still there: each address opens by itself.
    await this.page.goto('about:blank');
    await this.page.goto(`${this.server.url}/_/#${path}`);
    await this.settled();
  }

  /** Waits until there is a heading, nothing is asked for and nothing turns. */
  async settled() {
    await this.page.locator('h1, h2').first().waitFor();
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      await this.page.waitForTimeout(120);
      if (this.#open.size === 0 && await this.page.evaluate(resting)) return;
    }
    throw new Error(`${this.page.url()} does not come to rest: ${[...this.#open].map(request => request.url()).join(', ') || 'something is still being loaded'}`);
  }

  /** What axe finds wrong on the page as it is now: a line for each element. Some rules alone are quicker. The side bar is on every page: it is looked at once in each scheme. */
  async axeFaults(only = rules) {
    if (!await this.page.evaluate(() => 'axe' in window)) await this.page.evaluate(axe);
    const { scheme, bar } = await this.page.evaluate(at => ({ scheme: document.documentElement.dataset.mantineColorScheme, bar: document.querySelector(at)?.checkVisibility() }), sideBar);
    const look = `${scheme} ${only}`;
    const exclude = this.#looked.has(look) ? [[sideBar]] : [];
    if (bar) this.#looked.add(look);
    const { violations } = await this.page.evaluate(([exclude, runOnly]) => window.axe.run({ exclude }, { runOnly, resultTypes: ['violations'], preload: { assets: ['media'] } }), [exclude, only]);
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} (${node.failureSummary.split('\n').slice(1).join('; ').trim()})`));
  }

  /** Says that nobody complained. */
  assertQuiet() {
    assert.deepEqual(this.noise, []);
  }

  /** The page is no wider than the window. */
  async fits() {
    return this.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1);
  }

  /** One of the buttons, by its name. */
  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Types over what a code editor has, as a person does: a text that is put in by a command is given inline styles by the browser, which the policy refuses. */
  async write(editor, text) {
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Escape');
  }

  close() {
    return this.browser.close();
  }
}

/**
 * Every page of the dashboard, with data that is worth looking at: [name, address behind the #].
 * @param facts  a collection with a record, and an entry of the log: { collection, record, entry }
 */
export const pagesOf = ({ collection, record, entry }) => [
  ['home', '/'],
  ['welcome', '/welcome'],
  ['collections', '/collections'],
  ['collection-new', '/collections/new'],
  ['collection-edit', `/collections/${collection}/edit`],
  ['collection-edit-auth', '/collections/users/edit'],
  ['records', `/collections/${collection}`],
  ['record-panel', `/collections/${collection}?record=${record}`],
  ['record', `/collections/${collection}/records/${record}`],
  ['collection-api', `/collections/${collection}/api`],
  ['api', '/api'],
  ['map', '/map'],
  ['logs', '/logs'],
  ['journey', `/logs/${entry}`],
  ['mails', '/mails'],
  ['backups', '/backups'],
  ['crons', '/crons'],
  ['sql', '/sql'],
  ['audit', '/audit'],
  ['sessions', '/sessions'],
  ['keys', '/keys'],
  ['doctor', '/doctor'],
  ['account', '/account'],
  ['settings', '/settings'],
];

/** Pages for who is not signed in. */
export const guestPages = token => [
  ['sign-in', '/signin'],
  ['set-up', `/pbinstall/${token}`],
  ['link-ended', `/auth/confirm-verification/${token}`],
  ['reset-password', `/auth/confirm-password-reset/${token}`],
];

// The dashboard in Chromium: how soon something is seen and can be used, how much script that takes, and how soon the grid of a large collection stands.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withBrowser } from './browser.mjs';
import { Hearth } from './contenders/hearth.mjs';
import { DataSet } from './data.mjs';
import { workFolder } from './folder.mjs';
import { sendJson } from './http.mjs';
import { lighthouse } from './lighthouse.mjs';
import { beforeRun, stolenSince } from './quiet.mjs';
import { circumstances } from './report.mjs';
import { machine, save } from './results.mjs';
import { median, millis, say, table } from './text.mjs';

/** What is wanted; milliseconds, bytes and marks. */
const targets = { paint: 500, interactive: 1000, script: 300 * 1024, opened: 500, marks: 95 };

export async function dashboard(options) {
  const before = await beforeRun(options);
  const folder = await workFolder('dashboard');
  const hearth = new Hearth(join(folder, 'hearth'));
  const data = new DataSet(options.size);
  await hearth.prepare(data, data.writeFiles(join(folder, 'rows')), undefined, options.rows);
  const token = await hearth.superuser();
  const server = await hearth.start();
  const rounds = [];
  let marks = [];
  try {
    const { record } = await sendJson(server.url, { method: 'POST', path: '/api/collections/_superusers/auth-refresh', headers: { Authorization: token } });
    const kept = JSON.stringify({ token, record });
    if (options.warmSeconds > 0) await round(server.url, kept); // the server's first answers compile code
    for (let i = 0; i < options.rounds; i++) {
      rounds.push(await round(server.url, kept));
      const { paint, interactive, script, opened, deep } = rounds.at(-1);
      say(`  painted after ${millis(paint)} ms, usable after ${millis(interactive)} ms with ${kib(script)} KiB of script; grid ${millis(opened)} ms, from its address ${millis(deep)} ms`);
    }
    if (options.lighthouse) marks = await judge(server.url, kept);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return report(options, before, rounds, marks);
}

/** One visitor with an empty cache: the sign-in page, then the collections, then the grid; and another one who comes to the grid by its address. */
async function round(url, kept) {
  const first = await visit(page => entrance(page, url));
  const inside = await visit(async page => {
    await page.goto(`${url}/_/#/collections`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('load');
    return { opened: await grid(page, () => { location.hash = '#/collections/posts'; }) };
  }, kept);
  const deep = await visit(async page => {
    await page.goto(`${url}/_/#/collections/posts`);
    return { deep: await page.waitForFunction(() => window.gridAt).then(handle => handle.jsonValue()) };
  }, kept);
  return { ...first, ...inside, ...deep };
}

const visit = (measure, kept) => withBrowser(async page => {
  await page.addInitScript(watch, kept ?? null);
  return measure(page);
});

/** Runs in the page before anything else: notes when the sign-in can be filled in and when a row of a grid stands. */
function watch(kept) {
  if (kept) localStorage.setItem('hearth.superuser', kept);
  new MutationObserver(() => {
    if (!window.inputAt && document.querySelector('input[type=password], input[type=email]')) window.inputAt = performance.now();
    if (!window.gridAt && document.querySelector('[role=grid] [role=gridcell]')) window.gridAt = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

/** What Lighthouse says of the pages for a guest and for a superuser. */
async function judge(url, kept) {
  const signIn = async page => {
    await page.goto(`${url}/_/flame.svg`);
    await page.evaluate(watch, kept);
  };
  const pages = [['sign-in', '#/signin', undefined], ['start page', '#/', signIn], ['grid', '#/collections/posts', signIn]];
  const marks = [];
  for (const [name, address, prepare] of pages) {
    marks.push({ name, ...await lighthouse(`${url}/_/${address}`, prepare) });
    say(`  Lighthouse of the ${name}: performance ${marks.at(-1).performance}, accessibility ${marks.at(-1).accessibility}`);
  }
  return marks;
}

async function entrance(page, url) {
  await page.goto(`${url}/_/`);
  await page.waitForFunction(() => window.inputAt);
  await page.waitForLoadState('load');
  // The browser tells of a paint some time after it.
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    interactive: window.inputAt,
    script: performance.getEntriesByType('resource').filter(({ name }) => name.split('?')[0].endsWith('.js')).reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  }));
}

async function grid(page, open) {
  await page.evaluate(() => { window.gridAt = undefined; });
  const began = await page.evaluate(() => performance.now());
  await page.evaluate(open);
  return await page.waitForFunction(() => window.gridAt).then(handle => handle.jsonValue()) - began;
}

const kib = bytes => (bytes / 1024).toFixed(0);

function report(options, before, rounds, marks) {
  const report = { date: new Date().toISOString(), machine: machine({}), before: { ...before, stolenDuring: stolenSince(before.ticks) }, options, rounds, marks };
  const of = name => median(rounds.map(one => one[name]));
  const row = (title, value, target, met) => [title, value, target, met ? 'yes' : 'no'];
  const rows = `${options.size.toLocaleString('en-US')} records`;
  const text = [
    '# The dashboard',
    `${circumstances(report)} Medians of ${options.rounds} visits with an empty cache, Chromium and server on this machine.`,
    table(['What', 'is', 'target', 'met'], [
      row('First contentful paint, ms', millis(of('paint')), `<= ${targets.paint}`, of('paint') <= targets.paint),
      row('The sign-in can be filled in, ms', millis(of('interactive')), `<= ${targets.interactive}`, of('interactive') <= targets.interactive),
      row('Script until then, compressed, KiB', kib(of('script')), `<= ${kib(targets.script)}`, of('script') <= targets.script),
      row(`Opening the grid of ${rows} from the list, ms`, millis(of('opened')), `<= ${targets.opened}`, of('opened') <= targets.opened),
      [`The grid of ${rows} from its address, empty cache, ms`, millis(of('deep')), '', ''],
      ...marks.flatMap(({ name, ...of }) => ['performance', 'accessibility'].map(what => row(`Lighthouse, ${what} of the ${name}`, String(of[what]), `>= ${targets.marks}`, of[what] >= targets.marks))),
    ]),
  ].join('\n\n') + '\n';
  console.log('\n' + text);
  say(`Written to ${save('dashboard', report, text)}.{md,json}`);
  return report;
}

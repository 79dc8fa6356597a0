// Uploaded files have the dashboard's origin. What one of them says must not run there, even when markup of somebody else has got into the page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser, withoutBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

describe('uploaded scripts and the dashboard', { skip: withoutBrowser }, () => {
  let server, browser, page, script;
  before(async () => {
    server = await startServer();
    const pb = await server.superuser();
    await pb.collections.create({ name: 'drop', type: 'base', viewRule: '', createRule: '', fields: [{ name: 'file', type: 'file', maxSelect: 1 }] });
    const made = await pb.collection('drop').create({ file: new File(['top.ran = 1'], 'evil.js', { type: 'text/javascript' }) });
    script = pb.files.getURL(made, made.file);
    browser = await openBrowser();
    page = await browser.context.newPage();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('does not run one that is named in markup', async () => {
    await page.goto(`${server.url}/_/`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor(); // its own scripts do
    const seen = await page.evaluate(async address => {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<script src="${address}"></script><script type="module" src="${address}"></script><script>top.ran = 2</script>`;
      const loaded = new Promise(resolve => { frame.onload = resolve; });
      document.body.append(frame);
      await loaded;
      return { ran: window.ran, type: (await fetch(address)).headers.get('content-type') };
    }, script);
    assert.equal(seen.ran, undefined);
    assert.match(seen.type, /^text\/javascript/); // as the contract has it, for apps that load modules from files
  });
});

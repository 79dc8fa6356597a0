// Static files from --public-dir: redirects, the index fallback, and paths that try to climb out (contract 1.1, 1.12).
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { call, rawGet } from '../support/http.mjs';
import { newFolder, startServer } from '../support/server.mjs';

describe('static files', () => {
  let server, folder;
  before(async () => {
    folder = await newFolder();
    const site = join(folder, 'site');
    await mkdir(join(site, 'docs'), { recursive: true });
    await mkdir(join(site, 'bare'));
    await mkdir(join(folder, 'site-secrets'));
    await writeFile(join(folder, 'secret.txt'), 'top secret');
    await writeFile(join(folder, 'site-secrets', 'key.txt'), 'top secret');
    await writeFile(join(site, 'index.html'), '<h1>home</h1>');
    await writeFile(join(site, 'app.js'), 'let a = 1;');
    await writeFile(join(site, 'docs', 'index.html'), '<h1>docs</h1>');
    await writeFile(join(site, 'docs', 'a b.txt'), 'spaced');
    await writeFile(join(site, '.hidden'), 'not for you');
    server = await startServer({ args: ['--public-dir', site] });
  });
  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are served with their type', async () => {
    const home = await call(server, 'GET', '/');
    assert.deepEqual([home.status, home.text], [200, '<h1>home</h1>']);
    assert.match(home.headers.get('content-type'), /^text\/html/);
    const script = await call(server, 'GET', '/app.js');
    assert.deepEqual([script.status, script.text], [200, 'let a = 1;']);
    assert.match(script.headers.get('content-type'), /javascript/);
    assert.equal((await call(server, 'GET', '/docs/a%20b.txt')).text, 'spaced');
    assert.equal((await call(server, 'GET', '/docs/')).text, '<h1>docs</h1>');
    const head = await call(server, 'HEAD', '/app.js');
    assert.deepEqual([head.status, head.text, head.headers.get('content-length')], [200, '', '10']);
  });

  it('redirect to their one address', async () => {
    for (const [path, target] of [['/docs', '/docs/'], ['/docs/index.html', '/docs/'], ['/index.html', '/'], ['/app.js/', '/app.js']]) {
      const { status, headers } = await call(server, 'GET', path);
      assert.equal(status, 301, path);
      assert.equal(new URL(headers.get('location'), `${server.url}${path}`).pathname, target, path);
    }
  });

  it('never redirect to another host', async () => {
    for (const path of ['//evil.example/docs', '//evil.example/..', '/\\evil.example/docs', '//evil.example/%2e%2e', '///evil.example/docs/index.html', '/\\/evil.example/app.js/', '//docs', '/\\docs/index.html']) {
      const { status, head } = await rawGet(server, path);
      const location = /\r\nlocation: *([^\r]*)/i.exec(head)?.[1];
      assert.ok(status < 500, `${path}: ${status}`);
      if (location) assert.equal(new URL(location, server.url).host, new URL(server.url).host, `${path} -> ${location}`);
    }
  });

  it('fall back to the index for pages of an app', async () => {
    for (const path of ['/some/page', '/bare/', '/docs/nope', '/docs2?x=1']) {
      const { status, text } = await call(server, 'GET', path);
      assert.deepEqual([status, text], [200, '<h1>home</h1>'], path);
    }
    assert.equal((await call(server, 'POST', '/some/page', { body: {} })).status, 404);
  });

  it('never lead out of their folder', async () => {
    const tricks = [
      '/../secret.txt', '/docs/../../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/docs/..%2f..%2fsecret.txt', '/..\\secret.txt', '/..%5csecret.txt',
      '/%252e%252e/secret.txt', '/%252e%252e%252fsecret.txt', '/....//secret.txt', '//../secret.txt', '/./../secret.txt', '/docs/%00/../../secret.txt', '/../site-secrets/key.txt', '/..%2fsite-secrets%2fkey.txt',
      '/%c0%ae%c0%ae/secret.txt', '/%e0%80%ae%e0%80%ae/secret.txt', '/docs/..;/..;/secret.txt', `${folder}/secret.txt`, `/${encodeURIComponent(`${folder}/secret.txt`)}`, '/file:///etc/passwd', '/%2fetc%2fpasswd', '//etc/passwd',
      '/app.js%00.html', '/\u0000', '/%', '/%zz', '/%u002e%u002e/secret.txt',
    ];
    for (const path of tricks) {
      const { status, text } = await rawGet(server, path);
      assert.ok(status < 500, `${path}: ${status} ${text.slice(0, 200)}`);
      assert.doesNotMatch(text, /top secret|root:/, path);
    }
  });

  it('do not show the data folder or a list of a folder', async () => {
    for (const path of ['/bare/', '/docs/..', '/data.db', '/../data.db']) {
      const { status, text } = await rawGet(server, path);
      assert.ok(status < 500);
      assert.doesNotMatch(text, /SQLite format|a b\.txt/, path);
    }
  });

  it('leave the API alone', async () => {
    assert.equal((await call(server, 'GET', '/api/health')).json.code, 200);
    assert.equal((await call(server, 'POST', '/api/nope', { body: {} })).status, 404);
  });

  it('without a public folder, GET gives 404', async () => {
    const bare = await startServer({ setUp: false });
    try {
      const { status, json } = await call(bare, 'GET', '/some/page');
      assert.deepEqual([status, json.status], [404, 404]);
    } finally {
      await bare.stop();
    }
  });
});

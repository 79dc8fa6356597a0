// /api/openapi.json is made from the live schema and passes a public linter; /api/docs is a page to read it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { call } from '../support/http.mjs';
import { fillPosts } from '../support/posts.mjs';
import { newFolder, startServer } from '../support/server.mjs';

const linter = fileURLToPath(new URL('../node_modules/@redocly/cli/bin/cli.js', import.meta.url));

/** Runs the linter's recommended rules; gives its problems. Undefined when it could not run. */
async function lint(document) {
  const folder = await newFolder();
  try {
    await writeFile(join(folder, 'openapi.json'), document);
    // A back end on a person's own machine has a local server, and no licence of its own for the data in it.
    await writeFile(join(folder, 'redocly.yaml'), 'extends: [recommended]\nrules:\n  no-server-example.com: off\n  info-license: off\n  info-license-strict: off\ntelemetry: off\n');
    const output = await new Promise(resolve => execFile(process.execPath, [linter, 'lint', 'openapi.json', '--format=json', '--config=redocly.yaml'],
      { cwd: folder, maxBuffer: 1 << 26, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } }, (_, stdout, stderr) => resolve({ stdout, stderr })));
    const start = output.stdout.indexOf('{');
    assert.ok(start >= 0, `the linter said: ${output.stdout}\n${output.stderr}`);
    return JSON.parse(output.stdout.slice(start));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('OpenAPI', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    await pb.collections.create({ name: 'closed', type: 'base', fields: [{ name: 'a', type: 'text' }] });
    await pb.collections.create({ name: 'opinions', type: 'view', listRule: '', viewQuery: 'SELECT id, title, views * 2 as twice FROM posts' });
  });
  after(() => server?.stop());

  const document = token => call(server, 'GET', '/api/openapi.json', { token });

  it('describes the collections that the caller may reach', async () => {
    const { status, json, headers } = await document();
    assert.equal(status, 200);
    assert.match(headers.get('content-type'), /^application\/json/);
    assert.match(json.openapi, /^3\.1\./);
    const text = JSON.stringify(json);
    assert.match(text, /\/api\/collections\/posts\/records/);
    assert.doesNotMatch(text, /collections\/closed\/records/);
    assert.equal(json.components.schemas.posts.properties.secret, undefined);
    const whole = (await document(pb.authStore.token)).json;
    assert.match(JSON.stringify(whole), /collections\/closed\/records/);
    assert.ok(whole.components.schemas.posts.properties.secret);
  });

  it('follows the schema', async () => {
    await pb.collections.create({ name: 'brandnew', type: 'base', listRule: '', fields: [{ name: 'freshfield', type: 'number' }] });
    assert.match((await document()).text, /freshfield/);
    await pb.collections.delete('brandnew');
    assert.doesNotMatch((await document()).text, /freshfield/);
  });

  for (const caller of ['guest', 'superuser']) {
    it(`has no errors for the linter (${caller})`, async () => {
      const report = await lint((await document(caller === 'superuser' ? pb.authStore.token : undefined)).text);
      const errors = report.problems.filter(problem => problem.severity === 'error');
      assert.deepEqual(errors.map(error => `${error.ruleId} ${error.message} at ${error.location?.[0]?.pointer}`), []);
    });
  }

  it('has a page', async () => {
    const { status, headers, text } = await call(server, 'GET', '/api/docs');
    assert.equal(status, 200);
    assert.match(headers.get('content-type'), /^text\/html/);
    assert.match(text, /openapi\.json/);
    assert.doesNotMatch(text, /<script[^>]+src="https?:/);
  });
});

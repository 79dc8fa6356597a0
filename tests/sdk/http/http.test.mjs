// HTTP around the API: error bodies, guards, CORS, headers, ETag, problem+json (contract 1.1, 1.6, 1.12; RFC 9110, RFC 9457).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { id, isErrorBody } from '../support/expect.mjs';
import { call, rawGet } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('HTTP', () => {
  let server, pb, token;
  const one = `/api/collections/things/records/${id('a')}`;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    token = pb.authStore.token;
    await pb.collections.create({ name: 'things', type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '', fields: [{ name: 'text', type: 'text' }, { name: 'n', type: 'number', max: 9 }] });
    await pb.collection('things').create({ id: id('a'), text: '<b>&', n: 1 });
  });
  after(() => server?.stop());

  describe('routes', () => {
    it('unknown ones are 404 in the error shape', async () => {
      for (const [method, path] of [['POST', '/api/nope'], ['DELETE', '/api/health'], ['PUT', one], ['POST', one], ['PATCH', '/api/collections'], ['POST', '/api/admins/auth-with-password'], ['DELETE', '/nope'], ['POST', '/']]) {
        const { status, json } = await call(server, method, path, { body: {} });
        assert.equal(status, 404, `${method} ${path}`);
        assert.deepEqual(json, { data: {}, message: 'The requested resource wasn\'t found.', status: 404 });
      }
      for (const path of ['/api/nope', '/api/collections/', '/api/collections/things/records/', '/api']) {
        const { status, json } = await call(server, 'GET', path);
        assert.equal(status, 404, path);
        isErrorBody(json, 404);
      }
    });

    it('HEAD answers like GET, without a body', async () => {
      for (const path of ['/api/health', one, '/api/collections/things/records', '/api/settings', `${one}x`]) {
        const [get, head] = [await call(server, 'GET', path), await call(server, 'HEAD', path)];
        assert.equal(head.status, get.status, path);
        assert.equal(head.text, '');
        assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      }
    });

    it('path segments are decoded once, and an encoded slash stays inside', async () => {
      assert.equal((await call(server, 'GET', `/api/collections/thing%73/records/${id('a')}`)).status, 200);
      assert.equal((await call(server, 'GET', `/api/collections/things%2Frecords/records/${id('a')}`)).status, 404);
      assert.equal((await call(server, 'GET', `/api/collections/thing%2573/records/${id('a')}`)).status, 404);
    });

    it('double slashes and dots never reach a record by another name', async () => {
      for (const path of ['//api//collections//things//records', '/api/./collections/things/records', '/api/x/../collections/things/records', '/./api/health']) {
        const { status } = await rawGet(server, path);
        assert.ok([200, 301, 307, 308, 404].includes(status), `${path}: ${status}`);
      }
    });
  });

  describe('bodies and headers', () => {
    it('JSON ends with a newline and says its type', async () => {
      for (const answer of [await call(server, 'GET', one), await call(server, 'GET', '/api/health'), await call(server, 'GET', `${one}x`), await call(server, 'GET', '/api/settings', { token })]) {
        assert.equal(answer.headers.get('content-type'), 'application/json');
        assert.equal(answer.text.at(-1), '\n');
        assert.equal(answer.headers.get('content-encoding'), null);
      }
      const { status, text } = await call(server, 'DELETE', `/api/collections/things/records/${(await pb.collection('things').create({})).id}`);
      assert.deepEqual([status, text], [204, '']);
    });

    it('every answer has the security headers and no cookie', async () => {
      for (const [method, path] of [['GET', one], ['GET', '/api/nope'], ['GET', '/api/settings'], ['GET', '/'], ['POST', '/api/collections/things/records'], ['GET', '/api/health']]) {
        const { headers } = await call(server, method, path);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
        assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', path);
        assert.equal(headers.get('x-xss-protection'), '1; mode=block', path);
        assert.equal(headers.get('set-cookie'), null);
        assert.equal(headers.get('server'), null);
      }
    });

    it('guards say who is missing and who is wrong', async () => {
      const guest = await call(server, 'GET', '/api/settings');
      assert.deepEqual(guest.json, { status: 401, message: 'The request requires valid record authorization token.', data: {} });
      await pb.collection('users').create({ email: 'u@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
      const user = await server.user('u@example.com', 'moss-lamp-57');
      const wrong = await call(server, 'GET', '/api/settings', { token: user.authStore.token });
      assert.deepEqual(wrong.json, { status: 403, message: 'The authorized record is not allowed to perform this action.', data: {} });
    });
  });

  describe('CORS', () => {
    it('allows any origin by default, and only when there is one', async () => {
      const { headers } = await call(server, 'GET', '/api/health', { headers: { Origin: 'https://app.example' } });
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-allow-credentials'), null);
      assert.match(headers.get('vary'), /Origin/);
      const plain = await call(server, 'GET', '/api/health');
      assert.equal(plain.headers.get('access-control-allow-origin'), null);
      assert.match(plain.headers.get('vary'), /Origin/);
      const failed = await call(server, 'GET', '/api/settings', { headers: { Origin: 'https://app.example' } });
      assert.equal(failed.headers.get('access-control-allow-origin'), '*');
    });

    it('answers preflights for any path', async () => {
      for (const path of [one, '/api/nope', '/']) {
        const { status, headers, text } = await call(server, 'OPTIONS', path, {
          headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'authorization,content-type' },
        });
        assert.deepEqual([status, text], [204, '']);
        assert.equal(headers.get('access-control-allow-origin'), '*');
        assert.equal(headers.get('access-control-allow-methods'), 'GET,HEAD,PUT,PATCH,POST,DELETE');
        assert.equal(headers.get('access-control-allow-headers'), 'authorization,content-type');
        assert.equal(headers.get('access-control-max-age'), null);
      }
    });

    it('keeps to --origins', async () => {
      const strict = await startServer({ setUp: false, args: ['--origins', 'https://app.example,https://*.good.example'] });
      try {
        const allowed = async (origin, method = 'GET') => (await call(strict, method, '/api/health', { headers: { Origin: origin, ...method === 'OPTIONS' && { 'Access-Control-Request-Method': 'GET' } } })).headers.get('access-control-allow-origin');
        for (const method of ['GET', 'OPTIONS']) {
          assert.equal(await allowed('https://app.example', method), 'https://app.example');
          assert.equal(await allowed('https://a.good.example', method), 'https://a.good.example');
          assert.equal(await allowed('https://evil.example', method), null);
          assert.equal(await allowed('https://app.example.evil.example', method), null);
        }
        assert.equal((await call(strict, 'OPTIONS', '/api/health', { headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' } })).status, 204);
      } finally {
        await strict.stop();
      }
    });
  });

  describe('ETag', () => {
    const get = headers => call(server, 'GET', one, { headers });
    const patch = (body, etag) => call(server, 'PATCH', one, { body, headers: { 'If-Match': etag } });

    it('names the content of a single record', async () => {
      const first = await get();
      const etag = first.headers.get('etag');
      assert.match(etag, /^(W\/)?"[^"]+"$/);
      assert.equal((await get()).headers.get('etag'), etag);
      await pb.collection('things').update(id('a'), { n: 2 });
      assert.notEqual((await get()).headers.get('etag'), etag);
      await pb.collection('things').update(id('a'), { n: 1 });
    });

    it('If-None-Match saves the body', async () => {
      const etag = (await get()).headers.get('etag');
      for (const value of [etag, `"other", ${etag}`, '*']) {
        const { status, text, headers } = await get({ 'If-None-Match': value });
        assert.deepEqual([status, text], [304, ''], value);
        assert.equal(headers.get('etag'), etag);
      }
      assert.equal((await get({ 'If-None-Match': '"other"' })).status, 200);
    });

    it('If-Match keeps a change from overwriting another', async () => {
      const etag = (await get()).headers.get('etag');
      assert.equal((await patch({ text: 'mine' }, etag)).status, 200);
      const late = await patch({ text: 'too late' }, etag);
      assert.equal(late.status, 412);
      isErrorBody(late.json, 412);
      assert.equal((await call(server, 'DELETE', one, { headers: { 'If-Match': etag } })).status, 412);
      assert.equal((await get()).json.text, 'mine');
      assert.equal((await patch({ text: 'any' }, '*')).status, 200);
      const fresh = (await get()).headers.get('etag');
      assert.equal((await patch({ text: 'again' }, `"nope", ${fresh}`)).status, 200);
    });

    it('lets one of many concurrent writers through', async () => {
      const etag = (await get()).headers.get('etag');
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, n) => patch({ text: `writer ${n}` }, etag)));
      assert.deepEqual(outcomes.map(outcome => outcome.status).sort(), [200, ...Array(11).fill(412)]);
    });
  });

  describe('application/problem+json', () => {
    const problem = (path, accept, options = {}) => call(server, options.method ?? 'GET', path, { ...options, headers: { Accept: accept } });

    it('comes to whoever asks for it', async () => {
      const { status, headers, json } = await problem(`${one}x`, 'application/problem+json');
      assert.equal(status, 404);
      assert.match(headers.get('content-type'), /^application\/problem\+json/);
      assert.equal(json.status, 404);
      assert.equal(typeof json.title, 'string');
      const invalid = await problem('/api/collections/things/records', 'application/json;q=0.5, application/problem+json', { method: 'POST', body: { n: 99 } });
      assert.match(invalid.headers.get('content-type'), /^application\/problem\+json/);
      assert.match(invalid.text, /validation_max_number_constraint/);
    });

    it('and not to anybody else', async () => {
      for (const accept of ['*/*', 'application/json', 'text/html, */*', 'application/problem+json;q=0, application/json']) {
        const { headers, json } = await problem(`${one}x`, accept);
        assert.equal(headers.get('content-type'), 'application/json', accept);
        isErrorBody(json, 404);
      }
      const fine = await problem(one, 'application/problem+json');
      assert.equal(fine.status, 200);
      assert.equal(fine.headers.get('content-type'), 'application/json');
    });
  });
});

// Bad input is a clear 4xx in the contract's shape: never a 5xx, never an inner message, and nothing written.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { id, isErrorBody } from '../support/expect.mjs';
import { call, raw } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

const json = { 'Content-Type': 'application/json' };
const records = '/api/collections/things/records';

describe('bad input', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({
      name: 'things', type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', fields: [
        { name: 'text', type: 'text' }, { name: 'number', type: 'number' }, { name: 'json', type: 'json' }, { name: 'date', type: 'date' },
        { name: 'place', type: 'geoPoint' }, { name: 'list', type: 'select', values: ['a', 'b'], maxSelect: 2 }, { name: 'flag', type: 'bool' },
      ],
    });
    await pb.collection('things').create({ id: id('keep'), text: 'kept' });
  });
  after(() => server?.stop());

  const refused = async (answer, what, statuses = [400]) => {
    assert.ok(statuses.includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
    if (answer.json && answer.status >= 400) isErrorBody(answer.json, answer.status);
    assert.doesNotMatch(answer.text, /Exception|   at |SQLITE|sqlite|\.cs\b|Microsoft\.|System\./);
  };
  const unchanged = async () => assert.equal((await pb.collection('things').getFullList()).map(one => one.text).join(), 'kept');
  const clean = async () => {
    for (const one of await pb.collection('things').getFullList({ filter: `id != "${id('keep')}"` })) await pb.collection('things').delete(one.id);
  };

  it('deep nesting', async () => {
    for (const body of ['['.repeat(100_000), `{"json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, `{"json":${'{"a":'.repeat(10_000)}`]) {
      await refused(await call(server, 'POST', records, { body, headers: json }), body.slice(0, 20));
    }
    await unchanged();
    // Nesting that is unusual but real comes back whole.
    const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
    assert.deepEqual((await pb.collection('things').create({ json: deep })).json, deep);
    await clean();
  });

  it('huge numbers', async () => {
    for (const number of ['1e400', '-1e400', '1'.repeat(5000)]) {
      const answer = await call(server, 'POST', records, { body: `{"number":${number}}`, headers: json });
      await refused(answer, number.slice(0, 20), [400, 200]);
      if (answer.status === 200) assert.ok(Number.isFinite(answer.json.number));
    }
    for (const [text, value] of [['1e308', 1e308], ['123456789012345678', 123456789012345680], ['0.1', 0.1], ['-0', 0], ['1e-320', 1e-320]]) {
      const answer = await call(server, 'POST', records, { body: `{"number":${text},"json":${text}}`, headers: json });
      assert.equal(answer.status, 200, answer.text);
      assert.ok(Math.abs(answer.json.number - value) <= Math.abs(value) * 1e-12, `${text}: ${answer.json.number}`);
    }
    for (const text of ['NaN', 'Infinity', '-Infinity', '1e999', '0x10']) {
      const answer = await call(server, 'POST', records, { body: { number: text }, headers: json });
      await refused(answer, text, [400, 200]);
      if (answer.status === 200) assert.ok(Number.isFinite(answer.json.number));
    }
    await clean();
  });

  it('invalid UTF-8 and lone surrogates', async () => {
    for (const bytes of [[0xff, 0xfe], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) {
      const body = Buffer.concat([Buffer.from('{"text":"'), Buffer.from(bytes), Buffer.from('"}')]);
      const answer = await call(server, 'POST', records, { body, headers: json });
      await refused(answer, 'invalid bytes', [400, 200]);
      if (answer.status === 200) assert.equal(answer.text.includes('\ufffd'), true);
    }
    await refused(await call(server, 'POST', records, { body: '{"text":"\\ud800"}', headers: json }), 'lone surrogate', [400, 200]);
    for (const query of ['filter=%ff%fe', 'filter=text%3D%22%c3%28%22', 'sort=%ff', 'fields=%ff', 'expand=%ff', 'filter=%', 'filter=%zz', 'filter=text%3D%22%00%22']) {
      await refused(await call(server, 'GET', `${records}?${query}`), query, [400, 200]);
    }
    for (const path of [`${records}/%ff%fe`, '/api/collections/%c3%28/records', `${records}/%00`, '/api/%ff']) await refused(await call(server, 'GET', path), path, [400, 404]);
    await clean();
  });

  it('values of every wrong type', async () => {
    const wrong = [{}, [], [[]], { a: { b: [] } }, 'text', '[', '{', '"', '\u0000', -1, 1e300, true, null, ['a', ['b']], [null, {}], '9'.repeat(400), '2025-99-99', '-', '../../x'];
    for (const field of ['text', 'number', 'json', 'date', 'place', 'list', 'flag', 'id', 'list+', 'list-', '+list', 'number+', 'number-', 'text:autogenerate', 'place+', 'nope+']) {
      for (const value of wrong) {
        const answer = await call(server, 'POST', records, { body: { [field]: value } });
        await refused(answer, `${field} = ${JSON.stringify(value)}`, [400, 200]);
        if (answer.status === 200) {
          const read = await call(server, 'GET', `${records}/${encodeURIComponent(answer.json.id)}`);
          assert.deepEqual(read.json, answer.json);
        }
      }
    }
    await clean();
    await unchanged();
  });

  it('filters and sorts that are too much', async () => {
    const list = (name, value) => raw(server, `GET ${records}?${name}=${encodeURIComponent(value)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const terms = Array(10_000).fill('number=1').join('||');
    for (const [name, value] of [['filter', terms], ['filter', '('.repeat(3000)], ['filter', `${'a.'.repeat(1500)}b=1`], ['filter', `strftime(${'strftime('.repeat(300)}`], ['sort', Array(500).fill('number').join()], ['sort', 'x'.repeat(10_000)]]) {
      const answer = await list(name, value);
      await refused(answer, `${name} of ${value.length}`, [400, 414, 431]);
    }
    const deepExpand = await raw(server, `GET ${records}?expand=${'a.'.repeat(1500)}b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.equal(deepExpand.status, 200);
    const wideFields = await raw(server, `GET ${records}?fields=${Array(2000).fill('a').join()} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.ok([200, 400].includes(wideFields.status));
  });

  it('text made to break out of a query', async () => {
    const nasty = ['\' OR 1=1 --', '"; DROP TABLE things; --', '\\', '\\"', '%\' OR \'1\'=\'1', '{:x}', '`', '$1', '@now', '\'\'', '/*', ']]'];
    for (const text of nasty) {
      const made = await pb.collection('things').create({ text });
      assert.equal(made.text, text);
      assert.deepEqual((await pb.collection('things').getFullList({ filter: pb.filter('text = {:text}', { text }) })).map(one => one.id), [made.id], text);
      for (const option of ['filter', 'sort', 'fields', 'expand']) {
        await refused(await call(server, 'GET', `${records}?${option}=${encodeURIComponent(text)}`), `${option} ${text}`, [400, 403, 200]);
      }
      for (const path of [`${records}/${encodeURIComponent(text)}`, `/api/collections/${encodeURIComponent(text)}/records`, `/api/logs/${encodeURIComponent(text)}`]) {
        const answer = await call(server, 'GET', path, { token: pb.authStore.token });
        assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`);
      }
    }
    await clean();
    await unchanged();
  });

  it('requests that are not HTTP, or hardly', async () => {
    for (const bytes of ['nonsense\r\n\r\n', 'GET\r\n\r\n', 'GET /api/health HTTP/1.1\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`, 'POST /api/batch HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 'GET /api/health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 'POST /api/batch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n']) {
      const answer = await raw(server, bytes);
      assert.ok(answer.status === 0 || (answer.status >= 400 && answer.status < 500), `${bytes.slice(0, 40)}: ${answer.status}`);
    }
    assert.equal((await call(server, 'GET', '/api/health')).status, 200);
  });

  it('collections and settings from nonsense', async () => {
    const token = pb.authStore.token;
    const before = await pb.collections.getFullList();
    const fields = [{}, { name: 'a' }, { type: 'text' }, { name: 'a', type: 5 }, { name: {}, type: 'text' }, { name: 'a', type: 'text', min: 'x' }, { name: 'a', type: 'text', min: -1 }, { name: 'a', type: 'number', min: 'x' }, { name: 'a', type: 'select', values: 5 }, { name: 'a', type: 'select', values: [{}] }, { name: 'a', type: 'relation' }, { name: 'a', type: 'date', min: 'x' }, { name: 'a', type: 'text', pattern: '(((' }, { name: 'a', type: 'text', autogeneratePattern: '[a-z]{1000000000}' }, { name: 'a\u0000b', type: 'text' }, { name: '"', type: 'text' }, null, 5];
    for (const field of fields) await refused(await call(server, 'POST', '/api/collections', { body: { name: 'nonsense', fields: [field] }, token }), JSON.stringify(field), [400, 200]).then(async () => pb.collections.delete('nonsense').catch(() => {}));
    for (const body of [{ name: 5 }, { name: null }, { name: 'x', fields: 'x' }, { name: 'x', indexes: 'x' }, { name: 'x', indexes: [5] }, { name: 'x', listRule: 5 }, { name: 'x', type: {} }, { name: 'x', fields: Array(3000).fill({ name: 'a', type: 'text' }) }]) {
      await refused(await call(server, 'POST', '/api/collections', { body, token }), JSON.stringify(body).slice(0, 60));
    }
    for (const body of [{ collections: 5 }, { collections: [5] }, { collections: [{}] }, { collections: [null] }, {}, { collections: [{ name: 'a' }, { name: 'a' }] }]) {
      await refused(await call(server, 'PUT', '/api/collections/import', { body, token }), JSON.stringify(body), [400]);
    }
    for (const body of [{ meta: 5 }, { meta: { appName: {} } }, { batch: { maxRequests: 'x' } }, { trustedProxy: { headers: 'x' } }, { superuserIPs: [5] }, { smtp: { port: 1e300 } }, { logs: { maxDays: 1.5 } }]) {
      await refused(await call(server, 'PATCH', '/api/settings', { body, token }), JSON.stringify(body), [400, 200]);
    }
    assert.deepEqual((await pb.collections.getFullList()).map(one => one.name), before.map(one => one.name));
  });
});

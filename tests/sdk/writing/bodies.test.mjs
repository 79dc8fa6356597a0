// Kinds of bodies and what they turn into (contract 1.3, 1.4).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isErrorBody } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

const path = '/api/collections/things/records';
const form = 'application/x-www-form-urlencoded';

// Raw text of a form value -> what a json field makes of it (5.11 reads number-like text as JSON).
const formValues = [
  ['true', true], ['false', false], ['True', 'True'], ['10', 10], ['-3.5', -3.5], ['0', 0], ['010', '010'], ['1.0', 1], ['1e5', 100000], [' 5', ' 5'],
  ['1.000.000', '1.000.000'], ['-', '-'], ['', ''], ['plain', 'plain'], ['null', null],
];

describe('bodies', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({
      name: 'things', type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', fields: [
        { name: 'text', type: 'text' }, { name: 'number', type: 'number' }, { name: 'flag', type: 'bool' }, { name: 'json', type: 'json' },
        { name: 'list', type: 'select', values: ['a', 'b', '1'], maxSelect: 3 },
      ],
    });
  });
  after(() => server?.stop());

  const post = (body, type, query = '') => call(server, 'POST', path + query, { body, headers: type ? { 'Content-Type': type } : {} });
  const created = async (...args) => {
    const { status, json, text } = await post(...args);
    assert.equal(status, 200, text);
    return json;
  };
  const multipart = pairs => {
    const data = new FormData();
    for (const [key, value] of pairs) data.append(key, value);
    return data;
  };

  it('JSON', async () => {
    const made = await created('{"text":"a","number":1.5,"json":{"deep":[1,null]},"list":["b","a"]}', 'application/json');
    assert.deepEqual([made.text, made.number, made.json, made.list], ['a', 1.5, { deep: [1, null] }, ['b', 'a']]);
    assert.equal((await created('{"text":"b"} trailing', 'application/json')).text, 'b');
    assert.equal((await created('{"text":"d"}', 'application/json; charset=utf-8')).text, 'd');
    assert.equal((await created('{"text":"\\u00e9\\ud83d\\ude00"}', 'application/json')).text, 'é😀');
  });

  it('JSON that is no object', async () => {
    for (const body of ['{', '{"a":}', '[]', '[{"text":"a"}]', '"x"', '5', 'true', '{"text":"a"', "{'text':'a'}", '{"text":"c","text":"d"}', '\u0000', '{"a":1,}', 'nothing']) {
      const { status, json } = await post(body, 'application/json');
      assert.equal(status, 400, body);
      isErrorBody(json, 400);
      assert.equal(json.message, 'Something went wrong while processing your request.');
      assert.deepEqual(json.data, {});
    }
  });

  it('other content types', async () => {
    for (const type of ['text/plain', 'application/octet-stream', 'image/png', 'nonsense', 'application/jso']) {
      const { status, json } = await post('{"text":"a"}', type);
      assert.deepEqual([status, json.message], [400, 'Unsupported Content-Type.'], type);
    }
    const bare = await call(server, 'POST', path, { body: new Uint8Array([123, 125]) });
    assert.deepEqual([bare.status, bare.json.message], [400, 'Unsupported Content-Type.']);
  });

  it('no body at all is fine with any type', async () => {
    for (const type of [undefined, 'application/json', 'text/plain', form]) assert.equal((await post(undefined, type)).status, 200, type);
    const { status } = await call(server, 'GET', path, { headers: { 'Content-Type': 'application/json' } });
    assert.equal(status, 200);
  });

  it('forms: values find their type', async () => {
    for (const [raw, value] of formValues) {
      assert.deepEqual((await created(new URLSearchParams({ json: raw }).toString(), form)).json, value, `urlencoded ${raw}`);
      assert.deepEqual((await created(multipart([['json', raw]]))).json, value, `multipart ${raw}`);
    }
    const made = await created('text=10&number=12.5&flag=true&list=a&list=1', form);
    assert.deepEqual([made.text, made.number, made.flag, made.list], ['10', 12.5, true, ['a', '1']]);
  });

  it('forms: the query joins in', async () => {
    const made = await created('text=x', form, '?number=7');
    assert.deepEqual([made.text, made.number], ['x', 7]);
    assert.equal((await created({ text: 'x' }, undefined, '?number=7')).number, 0);
  });

  it('forms: @jsonPayload brings nested values, later ones win', async () => {
    const made = await created(multipart([['text', 'from form'], ['@jsonPayload', '{"json":{"a":[1]},"number":1}'], ['@jsonPayload', '{"number":2,"text":"from payload","flag":true}']]));
    assert.deepEqual([made.text, made.number, made.flag, made.json], ['from payload', 2, true, { a: [1] }]);
    assert.equal((await post(multipart([['@jsonPayload', '{broken']]))).status, 400);
    assert.equal((await post(multipart([['@jsonPayload', '[1]']]))).status, 400);
  });

  it('forms: modifiers and repeated keys', async () => {
    const made = await created(multipart([['list', 'a'], ['list+', 'b'], ['number+', '5']]));
    assert.deepEqual([made.list, made.number], [['a', 'b'], 5]);
    const sdk = await pb.collection('things').update(made.id, multipart([['list-', 'a'], ['number-', '2']]));
    assert.deepEqual([sdk.list, sdk.number], [['b'], 3]);
  });

  it('forms: broken multipart', async () => {
    for (const [body, type] of [['nothing', 'multipart/form-data; boundary=x'], ['--x\r\nnope', 'multipart/form-data; boundary=x'], ['--x--', 'multipart/form-data'], ['--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc', 'multipart/form-data; boundary=x'], ['a=%zz&b=%', form]]) {
      const { status, json } = await post(body, type);
      // A form that can be read as "nothing" may be taken as empty; it may never be the server's fault.
      if (status !== 200) {
        assert.equal(status, 400, body);
        isErrorBody(json, 400);
      }
    }
  });

  it('fixed shapes match keys in any letter case', async () => {
    const { status, json } = await call(server, 'POST', '/api/collections/_superusers/auth-with-password', { body: { IDENTITY: 'root@example.com', Password: 'correct-horse-9', more: 1 } });
    assert.equal(status, 200);
    assert.ok(json.token);
    const asForm = await call(server, 'POST', '/api/collections/_superusers/auth-with-password', { body: 'identity=root%40example.com&password=correct-horse-9', headers: { 'Content-Type': form } });
    assert.equal(asForm.status, 200);
  });

  it('too large', async () => {
    const { status, json } = await call(server, 'POST', '/api/collections/_superusers/auth-with-password', { body: JSON.stringify({ identity: 'a'.repeat(33_600_000) }), headers: { 'Content-Type': 'application/json' } });
    assert.equal(status, 413);
    assert.equal(json.message, 'Request entity too large.');
  });
});

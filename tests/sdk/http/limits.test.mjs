// Rate limits, the address of a client behind a proxy, and the list of superuser addresses (contract 10.3 to 10.5).
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fails } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

// Windows are long, so that a slow machine cannot outlive one between two requests.
const minute = 600;

describe('limits', () => {
  let server, pb;
  const as = (address, method = 'GET', path = '/api/collections/things/records', options = {}) =>
    call(server, method, path, { ...options, headers: { 'X-Client': address } });
  const statuses = async (count, ...request) => {
    const seen = [];
    for (let n = 0; n < count; n++) seen.push((await as(...request)).status);
    return seen;
  };
  const limit = (...rules) => pb.settings.update({ rateLimits: { enabled: true, rules: rules.map(([label, maxRequests, audience = '']) => ({ label, maxRequests, audience, duration: minute })) } });

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({ name: 'things', type: 'base', listRule: '', viewRule: '', createRule: '', fields: [{ name: 't', type: 'text' }] });
    await pb.collection('users').create({ email: 'u@example.com', password: 'moss-lamp-57', passwordConfirm: 'moss-lamp-57' });
  });
  beforeEach(() => pb.settings.update({ trustedProxy: { headers: ['X-Client'], useLeftmostIP: false }, superuserIPs: [], rateLimits: { enabled: false, rules: [], excludedIPs: [] } }));
  after(() => server?.stop());

  it('the client is the right-most valid address of the first trusted header', async () => {
    const seen = async (headers, settings) => {
      if (settings) await pb.settings.update({ trustedProxy: settings });
      return (await call(server, 'GET', '/api/health', { token: pb.authStore.token, headers })).json.data.realIP;
    };
    assert.equal(await seen({ 'X-Client': '10.0.0.1' }), '10.0.0.1');
    assert.equal(await seen({ 'X-Client': '10.0.0.1, 10.0.0.2 , nonsense' }), '10.0.0.2');
    assert.equal(await seen({ 'X-Client': 'nonsense' }), '127.0.0.1');
    assert.equal(await seen({}), '127.0.0.1');
    assert.equal(await seen({ 'X-Client': '10.0.0.1, 10.0.0.2' }, { useLeftmostIP: true }), '10.0.0.1');
    assert.equal(await seen({ 'X-Client': '10.0.0.1' }, { headers: [] }), '127.0.0.1');
    assert.equal(await seen({ 'X-B': '10.0.0.9' }, { headers: ['X-A', 'X-B'] }), '10.0.0.9');
  });

  it('a path rule counts per address, and superusers are free', async () => {
    await limit(['/api/', 3]);
    assert.deepEqual(await statuses(5, '10.1.0.1'), [200, 200, 200, 429, 429]);
    assert.deepEqual(await statuses(2, '10.1.0.2'), [200, 200]);
    assert.deepEqual(await statuses(6, '10.1.0.1', 'GET', '/api/health', { token: pb.authStore.token }), Array(6).fill(200));
    const { json } = await as('10.1.0.1');
    assert.deepEqual(json, { status: 429, message: 'Too Many Requests.', data: {} });
  });

  it('a tag rule counts one action of one collection', async () => {
    await limit(['things:create', 2], ['*:auth', 1]);
    assert.deepEqual(await statuses(3, '10.2.0.1', 'POST', undefined, { body: { t: 'x' } }), [200, 200, 429]);
    assert.deepEqual(await statuses(4, '10.2.0.1'), [200, 200, 200, 200]);
    const signIn = { body: { identity: 'u@example.com', password: 'wrong' } };
    assert.deepEqual(await statuses(2, '10.2.0.1', 'POST', '/api/collections/users/auth-with-password', signIn), [400, 429]);
    assert.deepEqual(await statuses(1, '10.2.0.1', 'POST', '/api/collections/_superusers/auth-with-password', signIn), [400]);
  });

  it('an exact rule goes before a prefix, and an audience chooses', async () => {
    await limit(['/api/', 1], ['GET /api/health', 4]);
    assert.deepEqual(await statuses(5, '10.3.0.1', 'GET', '/api/health'), [200, 200, 200, 200, 429]);
    assert.deepEqual(await statuses(2, '10.3.0.1'), [200, 429]);
    await limit(['things:list', 1, '@guest'], ['things:list', 3, '@auth']);
    const user = await server.user('u@example.com', 'moss-lamp-57');
    assert.deepEqual(await statuses(2, '10.3.0.2'), [200, 429]);
    assert.deepEqual(await statuses(4, '10.3.0.2', 'GET', undefined, { token: user.authStore.token }), [200, 200, 200, 429]);
  });

  it('excluded addresses are free, and saving the settings starts anew', async () => {
    await limit(['/api/', 1]);
    assert.deepEqual(await statuses(2, '10.4.0.1'), [200, 429]);
    await pb.settings.update({ rateLimits: { excludedIPs: ['10.4.0.0/16'] } });
    assert.deepEqual(await statuses(3, '10.4.0.1'), [200, 200, 200]);
    assert.deepEqual(await statuses(2, '10.5.0.1'), [200, 429]);
    await pb.settings.update({ rateLimits: { excludedIPs: [] } });
    assert.deepEqual(await statuses(1, '10.5.0.1'), [200]);
  });

  it('superusers may come from their addresses only', async () => {
    const { token } = pb.authStore;
    await pb.settings.update({ superuserIPs: ['127.0.0.1', '10.6.0.0/24'] });
    assert.equal((await as('10.6.0.77', 'GET', '/api/settings', { token })).status, 200);
    for (const [method, path, options] of [['GET', '/api/settings', { token }], ['GET', '/api/health', { token }], ['POST', '/api/collections/_superusers/auth-with-password', { body: { identity: 'root@example.com', password: 'correct-horse-9' } }]]) {
      const { status, json } = await as('10.7.0.1', method, path, options);
      assert.deepEqual([status, json.message], [403, 'You are not allowed to perform this request.'], path);
    }
    assert.equal((await as('10.7.0.1', 'GET', '/api/health')).status, 200);
    await fails(pb.settings.update({ superuserIPs: ['10.0.0.0/99'] }), 400);
  });
});

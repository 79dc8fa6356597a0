// hearth superuser ips: the way back after a wrong list of addresses, with the server running, stopped, and with encrypted settings.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ends, startServer } from './support/server.mjs';

describe('hearth superuser ips', () => {
  let server, token;
  before(async () => {
    server = await startServer();
    token = (await server.superuser()).authStore.token;
  });
  after(() => server?.stop());
  const status = async () => (await fetch(`${server.url}/api/settings`, { headers: { Authorization: token } })).status;
  const ips = (...list) => ends(['superuser', 'ips', ...list, '--dir', server.dir]);

  it('sets and clears the list of a running server at once', async () => {
    const set = await ips('10.1.1.1', '10.2.0.0/16');
    assert.deepEqual([set.code, set.stdout], [0, 'Superusers may work from: 10.1.1.1, 10.2.0.0/16\n'], set.stderr);
    assert.equal(await status(), 403);
    const cleared = await ips();
    assert.deepEqual([cleared.code, cleared.stdout], [0, 'Superusers may work from any address.\n'], cleared.stderr);
    assert.equal(await status(), 200);
  });

  it('says what is no address, and changes nothing', async () => {
    const { code, stderr } = await ips('010.0.0.1');
    assert.equal(code, 1);
    assert.match(stderr, /superuserIPs\.0: Invalid IP or CIDR subnet\./);
    assert.equal(await status(), 200);
  });
});

// The audit log, secrets at rest and safe defaults as an operator meets them: the program, its exit codes, its routes.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomBytes } from 'node:crypto';
import PocketBase from 'pocketbase';
import { ends, newFolder, removeFolder, startServer } from '../support/server.mjs';

const key = randomBytes(16).toString('hex');
const other = randomBytes(16).toString('hex');

describe('audit log and secrets', () => {
  let server, pb, folder;

  before(async () => {
    process.env.HEARTH_TEST_KEY = key;
    process.env.HEARTH_TEST_OTHER_KEY = other;
    process.env.HEARTH_TEST_SHORT_KEY = 'short';
    folder = await newFolder();
    const made = await ends(['superuser', 'upsert', 'root@example.com', 'a quite long word', '--dir', folder, '--encryption-env', 'HEARTH_TEST_KEY']);
    assert.equal(made.code, 0, made.stderr);
    server = await startServer({ dir: folder, args: ['--encryption-env', 'HEARTH_TEST_KEY'] });
    pb = new PocketBase(server.url);
    await pb.collection('_superusers').authWithPassword('root@example.com', 'a quite long word');
  });

  after(async () => {
    await server?.stop();
    await removeFolder(folder);
  });

  const sealed = async () => {
    for (let tries = 0; tries < 600; tries++) {
      const report = await pb.send('/api/audit/verify', {});
      if (report.unsealed === 0) return report;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('entries were not sealed');
  };

  it('tells who made the superuser, who changed a rule, and that the chain is whole', async () => {
    await pb.collections.update('users', { listRule: '' });
    const report = await sealed();
    assert.deepEqual([report.valid, report.signed, report.problems], [true, true, []]);
    const page = await pb.send('/api/audit', { query: { filter: "action='account.created' && actor='commandLine'", sort: 'number' } });
    assert.equal(page.items[0].collection, '_superusers');
    assert.match(page.items[0].userAgent, / on /);
    const [changed] = (await pb.send('/api/audit', { query: { filter: "action='collection.updated' && collection='users'" } })).items;
    assert.deepEqual(changed.data.rules.listRule, { from: 'id = @request.auth.id', to: '' });
    assert.equal(changed.actorId, pb.authStore.record.id);
    const noted = await pb.send('/api/audit/verify', { query: report.head });
    assert.equal(noted.noted, true);
  });

  it('a new app limits sign-ins, and says so with 429', async () => {
    const guest = new PocketBase(server.url);
    const statuses = [];
    for (let i = 0; i < 12; i++) statuses.push(await guest.collection('users').authWithPassword('nobody@example.com', 'a wrong word').then(() => 200, error => error.status));
    assert.deepEqual(statuses, [...Array(10).fill(400), 429, 429]);
  });

  it('refuses a trivial password by name', async () => {
    const error = await new PocketBase(server.url).collection('users').create({ email: 'x@example.com', password: 'Summer2024!', passwordConfirm: 'Summer2024!' }).catch(e => e);
    assert.equal(error.response.data.password.code, 'validation_trivial_password');
    const command = await ends(['superuser', 'upsert', 'x@example.com', 'password123', '--dir', await newFolder()]);
    assert.equal(command.code, 0);
    assert.match(command.stderr, /Warning: .*guess/);
  });

  it('starts with its own key only, and says so in one sentence', async () => {
    await server.stop();
    for (const [args, words] of [
      [[], /encrypted.*--encryption-env/],
      [['--encryption-env', 'HEARTH_TEST_OTHER_KEY'], /another key/],
      [['--encryption-env', 'HEARTH_TEST_SHORT_KEY'], /5 bytes.*32/],
      [['--encryption-env', 'HEARTH_TEST_NO_SUCH_KEY'], /HEARTH_TEST_NO_SUCH_KEY is not set/],
    ]) {
      const refused = await ends(['serve', '--http', '127.0.0.1:0', '--dir', folder, ...args]);
      assert.equal(refused.code, 1, refused.stdout);
      assert.match(refused.stderr, words);
      assert.equal(refused.stderr.trim().split('\n').length, 1, refused.stderr);
      assert.ok(!refused.stderr.includes(key) && !refused.stderr.includes(other));
    }
  });

  it('rekey and decrypt, and everything is still there', async () => {
    const rekeyed = await ends(['secrets', 'rekey', '--dir', folder, '--encryption-env', 'HEARTH_TEST_KEY', '--to-env', 'HEARTH_TEST_OTHER_KEY']);
    assert.equal(rekeyed.code, 0, rekeyed.stderr);
    assert.equal((await ends(['secrets', 'decrypt', '--dir', folder, '--encryption-env', 'HEARTH_TEST_KEY'])).code, 1);
    const decrypted = await ends(['secrets', 'decrypt', '--dir', folder, '--encryption-env', 'HEARTH_TEST_OTHER_KEY']);
    assert.equal(decrypted.code, 0, decrypted.stderr);
    server = await startServer({ dir: folder });
    const token = pb.authStore.token;
    pb = new PocketBase(server.url);
    pb.authStore.save(token);
    // The token from before still counts: the secrets are the same.
    assert.equal((await sealed()).valid, true);
    assert.equal((await pb.collections.getOne('users')).listRule, '');
  });
});

// pb.crons and pb.sql (contract 10.8, 10.9).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

describe('pb.crons and pb.sql', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  it('getFullList gives ids and expressions, the system jobs last', async () => {
    for (const job of await pb.crons.getFullList()) assert.deepEqual(Object.keys(job), ['id', 'expression']);
    const jobs = await pb.crons.getFullList({ query: { runs: true } });
    // Beyond PocketBase, when asked for: how it went last, once it has run.
    for (const { lastRun = {}, ...job } of jobs) {
      assert.deepEqual(Object.keys(job), ['id', 'expression']);
      assert.deepEqual(Object.keys(lastRun).filter(key => !['at', 'took', 'failed'].includes(key)), []);
    }
    assert.deepEqual(jobs.map(({ id, expression }) => ({ id, expression })).filter(job => job.id.startsWith('__pb')), [
      { id: '__pbDBOptimize__', expression: '0 0 * * *' }, { id: '__pbLogsCleanup__', expression: '0 */6 * * *' },
      { id: '__pbMFACleanup__', expression: '0 * * * *' }, { id: '__pbOTPCleanup__', expression: '0 * * * *' },
    ]);
  });

  it('run begins a job, and knows which there are', async () => {
    assert.equal(await pb.crons.run('__pbDBOptimize__'), true);
    await fails(() => pb.crons.run('missing'), 404, 'Missing or invalid cron job.');
    await fails(() => server.guest().crons.getFullList(), 401);
  });

  it('sql.run reads as texts and changes with a count', async () => {
    const read = await pb.sql.run("SELECT 1 AS one, 'x' AS two, NULL AS three");
    assert.deepEqual(read.columns.map(column => column.name), ['one', 'two', 'three']);
    assert.deepEqual(read.rows, [['1', 'x', null]]);
    assert.equal(read.affectedRows, 0);
    assert.equal(typeof read.execTime, 'number');
    await pb.sql.run('CREATE TABLE beside (a integer)');
    assert.equal((await pb.sql.run('INSERT INTO beside (a) VALUES (1), (2), (3)')).affectedRows, 3);
    assert.deepEqual((await pb.sql.run('DELETE FROM beside WHERE a > 1')).affectedRows, 2);
    assert.deepEqual((await pb.sql.run('SELECT a FROM beside')).rows, [['1']]);
  });

  it('sql.run refuses what is wrong and who may not', async () => {
    await assert.rejects(() => pb.sql.run('SELECT * FROM nowhere'), error => error.status === 400 && error.message.startsWith('Failed to execute query. Raw error: '));
    await fails(() => server.guest().sql.run('SELECT 1'), 401);
  });
});

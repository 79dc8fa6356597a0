// The shortest proof that the program runs: sign in, make a collection, write and read one record.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dateForm, idForm } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

describe('smoke', () => {
  let server, pb;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  it('answers health', async () => {
    assert.deepEqual(await server.guest().health.check(), { code: 200, message: 'API is healthy.', data: {} });
  });

  it('keeps a record in a new collection', async () => {
    const made = await pb.collections.create({ name: 'notes', type: 'base', fields: [{ name: 'title', type: 'text' }, { name: 'created', type: 'autodate', onCreate: true }] });
    assert.equal(made.name, 'notes');
    const record = await pb.collection('notes').create({ title: 'Hello' });
    assert.match(record.id, idForm);
    assert.match(record.created, dateForm);
    assert.deepEqual({ ...record }, { collectionId: made.id, collectionName: 'notes', id: record.id, title: 'Hello', created: record.created });
    assert.deepEqual(await pb.collection('notes').getOne(record.id), record);
  });
});

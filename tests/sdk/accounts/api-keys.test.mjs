// API keys in the place of tokens, with the SDK and by hand.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, id } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

const secret = 'first-secret';

describe('API keys', () => {
  let server, pb, ann, robot, made;
  const make = (client, body, collection = 'users') => client.send(`/api/collections/${collection}/api-keys`, { method: 'POST', body });
  const holder = key => {
    const client = server.guest();
    client.authStore.save(key, null);
    return client;
  };

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({ name: 'stations', type: 'base', listRule: '', viewRule: '', fields: [{ name: 'name', type: 'text' }] });
    const { id: stations } = await pb.collections.getOne('stations');
    await pb.collections.create({
      name: 'readings', type: 'base', listRule: 'owner = @request.auth.id', viewRule: 'owner = @request.auth.id', createRule: 'owner = @request.auth.id',
      fields: [{ name: 'value', type: 'number' }, { name: 'owner', type: 'text' }, { name: 'station', type: 'relation', collectionId: stations, maxSelect: 1 }],
    });
    await pb.collection('stations').create({ id: id('north'), name: 'North' });
    await pb.collection('users').create({ id: id('ann'), email: 'ann@example.com', password: secret, passwordConfirm: secret });
    ann = await server.user('ann@example.com', secret);
  });
  after(() => server?.stop());

  it('are made where the collection allows them', async () => {
    const body = { name: 'Robot', scope: { collections: { readings: ['create', 'list'] } } };
    await fails(make(ann, body), 403);
    await pb.collections.update('users', { apiKeys: { enabled: true } });
    made = await make(ann, body);
    assert.match(made.key, /^hearth_key_[A-Za-z0-9]{49}$/);
    assert.equal(made.record.name, 'Robot');
    assert.equal('hash' in made.record, false);
    robot = holder(made.key);
  });

  it('act for their owner within scope and rules', async () => {
    const reading = await robot.collection('readings').create({ value: 21, owner: id('ann'), station: id('north') });
    await fails(robot.collection('readings').create({ value: 21, owner: 'somebody' }), 400);
    assert.deepEqual((await robot.collection('readings').getFullList()).map(row => row.value), [21]);
    await fails(robot.collection('readings').getOne(reading.id), 403, 'The API key is not allowed to perform this action.');
    await fails(robot.collection('stations').getFullList(), 403);
    assert.equal((await robot.collection('readings').getList(1, 1, { expand: 'station' })).items[0].expand?.station, undefined);
    await fails(robot.collection('readings').getList(1, 1, { filter: 'station.name = "North"' }), 400);
    await fails(robot.collection('users').authRefresh(), 403);
    const bearer = await fetch(`${server.url}/api/collections/readings/records`, { headers: { Authorization: `Bearer ${made.key}` } });
    assert.equal((await bearer.json()).totalItems, 1);
  });

  it('of superusers are held to their scope, too', async () => {
    await pb.collections.update('_superusers', { apiKeys: { enabled: true } });
    const { key } = await make(pb, { name: 'Logs', scope: { collections: { stations: ['list', 'update'] }, routes: ['GET /api/logs'] } }, '_superusers');
    const reader = holder(key);
    await reader.logs.getList(1, 1);
    assert.equal((await reader.collection('stations').update(id('north'), { name: 'Far north' })).name, 'Far north');
    await fails(reader.collection('readings').getFullList(), 403);
    await fails(reader.collections.getFullList(), 403);
    await fails(reader.settings.getAll(), 403);
    await fails(reader.collection('_superusers').getFullList(), 403);
  });

  it('end when they are removed', async () => {
    const [row] = await ann.collection('_apiKeys').getFullList();
    assert.equal(row.prefix, made.key.slice(0, 17));
    await ann.collection('_apiKeys').delete(row.id);
    assert.deepEqual(await robot.collection('readings').getFullList(), []); // a guest sees nothing
    await fails(robot.collection('readings').create({ value: 1, owner: id('ann') }), 400);
  });
});

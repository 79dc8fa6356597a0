// What a collection may not be: the validation codes of 1.7, 4.2, 4.4, 4.8 and 5, each at its place.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codesOf, fails } from '../support/expect.mjs';
import { call } from '../support/http.mjs';
import { startServer } from '../support/server.mjs';

describe('collection validation', () => {
  let server, pb, users;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    users = await pb.collections.getOne('users');
    await pb.collections.create({ name: 'taken', type: 'base', fields: [{ name: 't', type: 'text' }, { name: 'n', type: 'number' }], indexes: ['CREATE INDEX idx_taken ON taken (t)'] });
    await pb.collections.create({ name: 'seen', type: 'view', viewQuery: 'SELECT id FROM taken' });
  });
  after(() => server?.stop());

  const refusedCreate = (body, codes, message = 'Failed to create collection.') => fails(pb.collections.create({ type: 'base', ...body }), 400, message, codes);
  const refusedUpdate = (name, body, codes) => fails(pb.collections.update(name, body), 400, 'Failed to update collection.', codes);
  const field = (more, position = 1) => ({ body: { name: 'fresh', fields: [{ name: 'f', type: 'text', ...more }] }, at: code => ({ fields: { [position]: code } }) });

  it('names', async () => {
    await refusedCreate({ name: '' }, { name: 'validation_required' });
    await refusedCreate({ name: 'bad name' }, { name: 'validation_match_invalid' });
    await refusedCreate({ name: 'taken' }, { name: 'validation_collection_name_exists' });
    await refusedCreate({ name: 'TAKEN' }, { name: 'validation_collection_name_exists' });
    await refusedCreate({ name: users.id }, { name: 'validation_collection_name_id_duplicate' });
    await refusedCreate({ name: 'a_via_b' }, { name: 'validation_found_via' });
    await refusedCreate({ name: 'a_VIA_b' }, { name: 'validation_found_via' });
    await refusedCreate({ name: 'a'.repeat(256) }, { name: 'validation_length_out_of_range' });
    for (const name of ['_collections', '_params', 'sqlite_master']) {
      const { data } = await fails(pb.collections.create({ name, type: 'base' }), 400);
      assert.ok(codesOf(data).name, `${name}: ${JSON.stringify(data)}`);
    }
  });

  it('types', async () => {
    const error = await fails(pb.collections.create({ name: 'odd', type: 'nope' }), 400, 'Failed to create collection.');
    assert.ok(codesOf(error.data).type, JSON.stringify(error.data));
    await refusedUpdate('taken', { type: 'auth' }, { type: 'validation_collection_type_change' });
    await refusedUpdate('taken', { system: true }, { system: 'validation_collection_system_flag_change' });
  });

  it('field names and ids', async () => {
    for (const [name, code] of [['', 'validation_required'], ['a b', 'validation_match_invalid'], ['a_via_b', 'validation_found_via'], ['a'.repeat(101), 'validation_length_out_of_range'], ['expand', 'validation_not_in_invalid'], ['collectionId', 'validation_not_in_invalid'], ['collectionName', 'validation_not_in_invalid'], ['null', 'validation_not_in_invalid'], ['TRUE', 'validation_not_in_invalid'], ['_rowid_', 'validation_not_in_invalid']]) {
      const { body, at } = field({ name });
      await refusedCreate(body, at({ name: code }));
    }
    await refusedCreate({ name: 'fresh', fields: [{ name: 'a', type: 'text' }, { name: 'A', type: 'text', id: 'other' }] }, { fields: { 2: { name: 'validation_duplicated_field_name' } } });
    await refusedCreate({ name: 'fresh', fields: [{ name: 'a', type: 'text', id: 'x1' }, { name: 'b', type: 'text', id: 'x1' }] }, { fields: { 2: { id: 'validation_duplicated_field_id' } } });
    await refusedCreate({ type: 'auth', name: 'fresh', fields: [{ name: 'oldPassword', type: 'text' }] }, { fields: { 1: { name: 'validation_reserved_field_name' } } });
  });

  it('an unknown field type cannot be decoded', async () => {
    await refusedCreate({ name: 'fresh', fields: [{ name: 'f', type: 'nope' }] }, {}, 'Failed to load the submitted data due to invalid formatting.');
    for (const body of ['{', '[]', '"x"', '{"name": 5}', '{"fields": {}}', '{"fields": [5]}']) {
      const { status, json } = await call(server, 'POST', '/api/collections', { body, headers: { 'Content-Type': 'application/json' }, token: pb.authStore.token });
      assert.equal(status, 400, body);
      assert.deepEqual([json.message, json.data], ['Failed to load the submitted data due to invalid formatting.', {}], body);
    }
  });

  it('field options', async () => {
    const cases = [
      [{ type: 'text', min: 5, max: 3 }, { max: 'validation_min_greater_equal_than_required' }],
      [{ type: 'text', pattern: '(' }, { pattern: 'validation_invalid_regex' }],
      [{ type: 'text', autogeneratePattern: '(' }, { autogeneratePattern: 'validation_invalid_regex' }],
      [{ type: 'text', max: 3, autogeneratePattern: '[a-z]{9}' }, { autogeneratePattern: 'validation_invalid_autogenerate_pattern_value' }],
      [{ type: 'number', min: 5, max: 3 }, { max: 'validation_min_number_constraint' }],
      [{ type: 'select', values: [] }, { values: 'validation_required' }],
      [{ type: 'select', values: ['a'], maxSelect: 2 }, { maxSelect: 'validation_max_less_equal_than_required' }],
      [{ type: 'relation', collectionId: '' }, { collectionId: 'validation_required' }],
      [{ type: 'relation', collectionId: 'nope' }, { collectionId: 'validation_field_relation_missing_collection' }],
      [{ type: 'password', min: 80 }, { min: 'validation_max_less_equal_than_required' }],
      [{ type: 'password', cost: 40 }, { cost: 'validation_max_less_equal_than_required' }],
    ];
    for (const [options, codes] of cases) {
      const { body, at } = field(options);
      await refusedCreate(body, at(codes));
    }
    const both = await fails(pb.collections.create({ name: 'fresh', type: 'base', fields: [{ name: 'f', type: 'email', onlyDomains: ['a.com'], exceptDomains: ['b.com'] }] }), 400);
    assert.ok(Object.keys(codesOf(both.data).fields[1]).length > 0);
    const never = await fails(pb.collections.create({ name: 'fresh', type: 'base', fields: [{ name: 'f', type: 'autodate' }] }), 400);
    assert.ok(Object.keys(codesOf(never.data).fields[1]).length > 0);
  });

  it('a view may be the target of a view only', async () => {
    const seen = await pb.collections.getOne('seen');
    await refusedCreate({ name: 'fresh', fields: [{ name: 'f', type: 'relation', collectionId: seen.id }] }, { fields: { 1: { collectionId: 'validation_relation_field_non_view_base_collection' } } });
  });

  it('a field keeps its type and its target', async () => {
    const taken = await pb.collections.getOne('taken');
    await refusedUpdate('taken', { fields: taken.fields.map(one => one.name === 'n' ? { ...one, type: 'text' } : one) }, { fields: { 2: 'validation_field_type_change' } });
    const pointer = await pb.collections.create({ name: 'pointer', type: 'base', fields: [{ name: 'to', type: 'relation', collectionId: users.id }] });
    await refusedUpdate('pointer', { fields: pointer.fields.map(one => one.name === 'to' ? { ...one, collectionId: taken.id } : one) }, { fields: { 1: { collectionId: 'validation_field_relation_change' } } });
  });

  it('system collections and fields', async () => {
    await refusedUpdate('_superusers', { name: 'admins' }, { name: 'validation_collection_system_name_change' });
    await refusedUpdate('_superusers', { listRule: '' }, { listRule: 'validation_collection_system_rule_change' });
    assert.equal((await pb.collections.update('_superusers', { authToken: { duration: 90000 } })).authToken.duration, 90000);
    const renamed = await fails(pb.collections.update('users', { fields: users.fields.map(one => one.name === 'email' ? { ...one, name: 'mail' } : one) }), 400, 'Failed to update collection.');
    assert.match(JSON.stringify(codesOf(renamed.data)), /validation_system_field_change|validation_missing_email_field/);
    // Leaving a system field out of the list is not a way to drop it.
    const left = await pb.collections.update('users', { fields: users.fields.filter(one => !one.system) }).catch(error => error);
    if (left.response) assert.equal(left.status, 400);
    assert.ok((await pb.collections.getOne('users')).fields.some(one => one.name === 'tokenKey'));
  });

  it('rules of views, and manage rules', async () => {
    for (const rule of ['createRule', 'updateRule', 'deleteRule']) {
      const { data } = await fails(pb.collections.update('seen', { [rule]: '' }), 400, 'Failed to update collection.');
      assert.ok(codesOf(data)[rule], JSON.stringify(data));
    }
    const { data } = await fails(pb.collections.update('users', { manageRule: '' }), 400, 'Failed to update collection.');
    assert.ok(codesOf(data).manageRule, JSON.stringify(data));
    await refusedUpdate('users', { manageRule: 'nope = 1' }, { manageRule: 'validation_invalid_rule' });
    await refusedUpdate('users', { authRule: 'nope = 1' }, { authRule: 'validation_invalid_rule' });
  });

  it('indexes', async () => {
    const cases = [
      [['nonsense'], { 0: 'validation_invalid_index_expression' }],
      [['CREATE INDEX idx_x ON fresh (a)', 'CREATE INDEX IDX_X ON fresh (b)'], { 1: 'validation_duplicated_index_name' }],
      [['CREATE INDEX idx_taken ON fresh (a)'], { 0: 'validation_existing_index_name' }],
      [['CREATE INDEX idx_x ON fresh (a)', 'CREATE INDEX idx_y ON fresh (a)'], { 1: 'validation_duplicated_index_definition' }],
      [['CREATE INDEX idx_x ON fresh (nope)'], { 0: 'validation_invalid_index_expression' }],
    ];
    for (const [indexes, codes] of cases) {
      const error = await fails(pb.collections.create({ name: 'fresh', type: 'base', fields: [{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }], indexes }), 400);
      assert.deepEqual(codesOf(error.data), { indexes: codes }, JSON.stringify(indexes));
    }
    const { data } = await fails(pb.collections.update('seen', { indexes: ['CREATE INDEX idx_v ON seen (id)'] }), 400);
    assert.match(JSON.stringify(codesOf(data)), /validation_indexes_not_supported/);
    // The unique indexes of tokenKey and email are mandatory: leaving them out does not remove them.
    await pb.collections.update('users', { indexes: [] }).catch(error => assert.equal(error.status, 400));
    assert.deepEqual((await pb.collections.getOne('users')).indexes.toSorted(), users.indexes.toSorted());
    const other = await pb.collections.create({
      name: 'forms', type: 'base', fields: [{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }],
      indexes: ['create unique index if not exists "idx_f1" on whatever ("a" collate nocase desc, lower(b)) where a != \'\'', 'CREATE INDEX idx_f2 ON forms (b)'],
    });
    assert.equal(other.indexes.length, 2);
    assert.match(other.indexes[0], /ON `forms`/i);
  });

  it('auth options', async () => {
    const cases = [
      [{ authToken: { duration: 5 } }, { authToken: { duration: 'validation_min_greater_equal_than_required' } }],
      [{ authToken: { duration: 94670857 } }, { authToken: { duration: 'validation_max_less_equal_than_required' } }],
      [{ authToken: { secret: 'short' } }, { authToken: { secret: 'validation_length_out_of_range' } }],
      [{ otp: { enabled: true, length: 3 } }, { otp: { length: 'validation_min_greater_equal_than_required' } }],
      [{ mfa: { enabled: true } }, { mfa: { enabled: 'validation_mfa_not_enough_auths' } }],
      [{ passwordAuth: { enabled: true, identityFields: ['nope'] } }, { passwordAuth: { identityFields: 'validation_missing_field' } }],
      [{ passwordAuth: { enabled: true, identityFields: ['name'] } }, { passwordAuth: { identityFields: 'validation_missing_unique_constraint' } }],
    ];
    const before = await pb.collections.getOne('users');
    for (const [body, codes] of cases) {
      const error = await fails(pb.collections.update('users', body), 400, 'Failed to update collection.');
      const given = codesOf(error.data);
      // Lists name the index of the bad entry below the option.
      if (given.passwordAuth) assert.match(JSON.stringify(given), new RegExp(codes.passwordAuth.identityFields));
      else assert.deepEqual(given, codes);
    }
    assert.deepEqual(await pb.collections.getOne('users'), before);
  });
});

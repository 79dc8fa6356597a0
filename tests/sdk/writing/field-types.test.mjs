// Every field type: what it takes, what it gives back, and the code it refuses with (contract 5, 1.7, 1.8).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { codesOf, dateForm, fails, id, idForm } from '../support/expect.mjs';
import { startServer } from '../support/server.mjs';

// Field definition -> [sent value, value that comes back]...
const conversions = [
  [{ type: 'text' }, ['abc', 'abc'], ['', ''], [null, ''], [12.5, '12.5'], [true, 'true'], [{ a: 1 }, ''], [['a'], ''], [' spaced ', ' spaced '], ['😀\u0000é', '😀\uFFFDé']],
  [{ type: 'editor' }, ['<p>x</p><script>y</script>', '<p>x</p><script>y</script>'], [5, '5'], [null, '']],
  [{ type: 'number' }, [5, 5], [-1.25, -1.25], ['12.5', 12.5], [true, 1], [false, 0], ['abc', 0], [null, 0], [{}, 0], [1e21, 1e21], [9007199254740991, 9007199254740991], ['', 0]],
  [{ type: 'bool' }, [true, true], ['1', true], ['t', true], ['T', true], ['TRUE', true], ['True', true], ['0', false], ['f', false], ['yes', false], [2, true], [0, false], [null, false], ['', false]],
  [{ type: 'email' }, ['Ann@Example.com', 'Ann@Example.com'], ['', ''], [null, '']],
  [{ type: 'url' }, ['https://Example.com/A?b#c', 'https://Example.com/A?b#c'], ['', '']],
  [{ type: 'date' },
    ['2025-02-03 10:11:12.345Z', '2025-02-03 10:11:12.345Z'], ['2025-02-03T10:11:12.345Z', '2025-02-03 10:11:12.345Z'], ['2025-02-03T10:11:12Z', '2025-02-03 10:11:12.000Z'],
    ['2025-02-03T10:11:12.345678+02:00', '2025-02-03 08:11:12.345Z'], ['2025-02-03 10:11:12', '2025-02-03 10:11:12.000Z'], ['2025-02-03', '2025-02-03 00:00:00.000Z'],
    ['', ''], [null, ''], ['not a date', ''], [1700000000, ''], ['2025-13-45', '']],
  [{ type: 'select', values: ['a', 'b', 'c'] }, ['a', 'a'], ['', ''], [null, ''], [['a', 'b'], 'b'], ['["a","c"]', 'c'], [[], '']],
  [{ type: 'select', values: ['a', 'b', 'c'], maxSelect: 3 }, ['a', ['a']], ['', []], [null, []], [['a', 'b'], ['a', 'b']], [['b', 'a', 'b', ''], ['b', 'a']], ['["a","c"]', ['a', 'c']]],
  [{ type: 'select', values: ['1', '2'], maxSelect: 2 }, [1, ['1']], [[2, '1'], ['2', '1']]],
  [{ type: 'json' },
    [{ a: [1, null, { b: 'x' }] }, { a: [1, null, { b: 'x' }] }], [[1, 'a'], [1, 'a']], [5, 5], [1.5, 1.5], [true, true], [null, null], ['', ''], ['plain', 'plain'], ['null', null], ['true', true],
    ['12', 12], ['-3.5', -3.5], ['{"a":1}', { a: 1 }], ['[1,2]', [1, 2]], ['"quoted"', 'quoted'], ['{broken', '{broken'], ['12abc', '12abc'], ['truely', 'truely'], [{}, {}], [[], []]],
  [{ type: 'geoPoint' }, [{ lon: 23.32, lat: 42.69 }, { lon: 23.32, lat: 42.69 }], ['{"lon":1,"lat":2}', { lon: 1, lat: 2 }], [{ lon: 5 }, { lon: 5, lat: 0 }], [null, { lon: 0, lat: 0 }], ['nonsense', { lon: 0, lat: 0 }], [{}, { lon: 0, lat: 0 }]],
];

const zeros = [
  ['text', ''], ['editor', ''], ['number', 0], ['bool', false], ['email', ''], ['url', ''], ['date', ''], ['json', null], ['geoPoint', { lon: 0, lat: 0 }],
];

// Field definition -> [sent value, code]...; null is "accepted".
const refusals = [
  [{ type: 'text', required: true }, ['', 'validation_required'], [null, 'validation_required'], ['x', null]],
  [{ type: 'text', min: 2, max: 4 }, ['a', 'validation_min_text_constraint'], ['abcde', 'validation_max_text_constraint'], ['', null], ['😀😀', null], ['😀😀😀😀😀', 'validation_max_text_constraint']],
  [{ type: 'text', pattern: '^[a-z]+$' }, ['ab1', 'validation_invalid_format'], ['', null], ['ab', null]],
  [{ type: 'text' }, ['a'.repeat(5001), 'validation_max_text_constraint'], ['é'.repeat(5000), null]],
  [{ type: 'editor', maxSize: 5 }, ['abcdef', 'validation_content_size_limit'], ['ééé', 'validation_content_size_limit'], ['abcde', null]],
  [{ type: 'editor', required: true }, ['', 'validation_required']],
  [{ type: 'number', required: true }, [0, 'validation_required'], ['x', 'validation_required'], [1, null]],
  [{ type: 'number', min: 5, max: 10 }, [4, 'validation_min_number_constraint'], [11, 'validation_max_number_constraint'], [0, null], [7.5, null]],
  [{ type: 'number', onlyInt: true }, [1.5, 'validation_only_int_constraint'], [2, null], ['2', null]],
  [{ type: 'bool', required: true }, [false, 'validation_required'], ['x', 'validation_required'], [true, null]],
  [{ type: 'email' }, ['nope', 'validation_is_email'], ['a@', 'validation_is_email'], ['a b@c.de', 'validation_is_email'], ['a@b.co', null]],
  [{ type: 'email', required: true }, ['', 'validation_required'], ['a@b.co', null]],
  [{ type: 'email', onlyDomains: ['example.com'] }, ['a@example.org', 'validation_email_domain_not_allowed'], ['a@sub.example.com', 'validation_email_domain_not_allowed'], ['a@example.com', null]],
  [{ type: 'email', exceptDomains: ['example.com'] }, ['a@example.com', 'validation_email_domain_not_allowed'], ['a@example.org', null]],
  [{ type: 'url' }, ['nope', 'validation_invalid_url'], ['/path', 'validation_invalid_url'], ['https://example.com', null]],
  [{ type: 'url', onlyDomains: ['example.com'] }, ['https://example.org/', 'validation_url_domain_not_allowed'], ['https://example.com/x', null]],
  [{ type: 'url', exceptDomains: ['example.com:8080'] }, ['https://example.com:8080/', 'validation_url_domain_not_allowed'], ['https://example.com/', null]],
  [{ type: 'date', required: true }, ['', 'validation_required'], ['garbage', 'validation_required'], ['2025-01-01', null]],
  [{ type: 'date', min: '2025-01-01 00:00:00.000Z', max: '2025-12-31 00:00:00.000Z' }, ['2024-12-31', 'validation_min_greater_equal_than_required'], ['2026-01-01', 'validation_max_less_equal_than_required'], ['2025-06-01', null], ['', null]],
  [{ type: 'select', values: ['a', 'b'] }, ['z', 'validation_invalid_value'], ['A', 'validation_invalid_value'], ['', null]],
  [{ type: 'select', values: ['a', 'b'], required: true }, ['', 'validation_required'], ['b', null]],
  [{ type: 'select', values: ['a', 'b', 'c'], maxSelect: 2 }, [['a', 'b', 'c'], 'validation_too_many_values'], [['a', 'z'], 'validation_invalid_value'], [['a', 'b'], null]],
  [{ type: 'json', maxSize: 10 }, ['12345678901', 'validation_json_size_limit'], [{ a: 'long enough' }, 'validation_json_size_limit'], [{ a: 1 }, null]],
  [{ type: 'json', required: true }, [null, 'validation_required'], ['', 'validation_required'], [[], 'validation_required'], [{}, 'validation_required'], [0, null], [false, null], [{ a: 1 }, null]],
  [{ type: 'geoPoint' }, [{ lon: 181, lat: 0 }, 'validation_invalid_longitude'], [{ lon: 0, lat: -91 }, 'validation_invalid_latitude'], [{ lon: 180, lat: 90 }, null]],
  [{ type: 'geoPoint', required: true }, [{ lon: 0, lat: 0 }, 'validation_required'], [{ lon: 0, lat: 1 }, null]],
  [{ type: 'password', min: 5, max: 10 }, ['abcd', 'validation_min_text_constraint'], ['abcdefghijk', 'validation_max_text_constraint'], ['abcdef', null]],
  [{ type: 'password', required: true }, ['', 'validation_required']],
  [{ type: 'password', pattern: '^[a-z]+$' }, ['ABC', 'validation_invalid_format']],
  [{ type: 'password' }, ['é'.repeat(40), 'validation_invalid_value']],
];

const short = value => JSON.stringify(value).slice(0, 50);

describe('field types', () => {
  let server, pb, number = 0;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
  });
  after(() => server?.stop());

  /** A fresh collection with this one field, named `f`. */
  const collectionOf = async (field, ...more) => {
    const made = await pb.collections.create({ name: `c${++number}`, type: 'base', fields: [{ name: 'f', ...field }, ...more] });
    return pb.collection(made.name);
  };

  describe('values', () => {
    for (const [field, ...pairs] of conversions) {
      it(`${short(field)} gives back what it was given, in its own form`, async () => {
        const records = await collectionOf(field);
        for (const [sent, expected] of pairs) {
          const made = await records.create({ f: sent });
          assert.deepEqual(made.f, expected, `create with ${short(sent)}`);
          assert.deepEqual((await records.getOne(made.id)).f, expected, `read after ${short(sent)}`);
          assert.deepEqual((await records.update(made.id, { f: sent })).f, expected, `update with ${short(sent)}`);
        }
      });
    }

    it('has a zero for each type', async () => {
      for (const [type, zero] of zeros) assert.deepEqual((await (await collectionOf({ type })).create({})).f, zero, type);
    });

    it('never gives a password back', async () => {
      const records = await collectionOf({ type: 'password' });
      const made = await records.create({ f: 'something' });
      assert.equal(made.f ?? '', '');
      assert.equal((await records.getOne(made.id)).f ?? '', '');
    });
  });

  describe('refusals', () => {
    for (const [field, ...pairs] of refusals) {
      it(`${short(field)} checks its options`, async () => {
        const records = await collectionOf(field);
        const { id: stored } = await pb.collection(records.collectionIdOrName).create({ f: pairs.find(([, code]) => code === null)?.[0] ?? 'abcdef' });
        for (const [sent, code] of pairs) {
          if (code === null) {
            await records.create({ f: sent });
          } else {
            await fails(records.create({ f: sent }), 400, 'Failed to create record.', { f: code });
            await fails(records.update(stored, { f: sent }), 400, 'Failed to update record.', { f: code });
          }
        }
      });
    }

    it('names the limit in message and params', async () => {
      const text = await collectionOf({ type: 'text', min: 2, max: 4 });
      assert.deepEqual((await fails(text.create({ f: 'a' }), 400)).data, { f: { code: 'validation_min_text_constraint', message: 'Must be at least 2 character(s).', params: { min: 2 } } });
      const number = await collectionOf({ type: 'number', max: 10 });
      assert.deepEqual((await fails(number.create({ f: 11 }), 400)).data, { f: { code: 'validation_max_number_constraint', message: 'Must be less or equal than 10.', params: { max: 10 } } });
      const needed = await collectionOf({ type: 'text', required: true });
      assert.deepEqual((await fails(needed.create({}), 400)).data, { f: { code: 'validation_required', message: 'Cannot be blank.' } });
      const select = await collectionOf({ type: 'select', values: ['a', 'b', 'c'], maxSelect: 2 });
      assert.deepEqual((await fails(select.create({ f: ['a', 'b', 'c'] }), 400)).data.f.params, { maxSelect: 2 });
    });

    it('reports all fields together', async () => {
      const records = await collectionOf({ type: 'text', required: true }, { name: 'g', type: 'number', min: 5 }, { name: 'h', type: 'email' });
      await fails(records.create({ g: 1, h: 'x' }), 400, undefined, { f: 'validation_required', g: 'validation_min_number_constraint', h: 'validation_is_email' });
    });

    it('checks fields that an update does not touch', async () => {
      const records = await collectionOf({ type: 'text' }, { name: 'g', type: 'number' });
      const made = await records.create({ f: '' });
      const collection = await pb.collections.getOne(records.collectionIdOrName);
      await pb.collections.update(collection.id, { fields: collection.fields.map(field => field.name === 'f' ? { ...field, required: true } : field) });
      await fails(records.update(made.id, { g: 1 }), 400, undefined, { f: 'validation_required' });
    });
  });

  describe('autodate', () => {
    it('is set by the server, whatever a client sends', async () => {
      const records = await collectionOf({ type: 'autodate', onCreate: true }, { name: 'u', type: 'autodate', onCreate: true, onUpdate: true }, { name: 't', type: 'text' });
      const made = await records.create({ f: '2001-01-01 00:00:00.000Z', u: '2001-01-01 00:00:00.000Z' });
      assert.match(made.f, dateForm);
      assert.ok(made.f > '2020');
      await new Promise(resolve => setTimeout(resolve, 5));
      const updated = await records.update(made.id, { t: 'x', f: '2001-01-01 00:00:00.000Z', u: '2001-01-01 00:00:00.000Z' });
      assert.equal(updated.f, made.f);
      assert.ok(updated.u > made.u);
    });
  });

  describe('text autogenerate', () => {
    it('fills an empty value on create, and adds to a prefix when asked', async () => {
      const records = await collectionOf({ type: 'text', autogeneratePattern: '[0-9]{6}' });
      assert.match((await records.create({})).f, /^\d{6}$/);
      assert.equal((await records.create({ f: 'own' })).f, 'own');
      const made = await records.create({ 'f:autogenerate': 'pre-' });
      assert.match(made.f, /^pre-\d{6}$/);
      const renewed = await records.update(made.id, { 'f:autogenerate': 'new-' });
      assert.match(renewed.f, /^new-\d{6}$/);
      assert.equal((await records.update(made.id, { f: '' })).f, '');
    });
  });

  describe('ids', () => {
    it('are made by the server, or sent by the client within the pattern', async () => {
      const records = await collectionOf({ type: 'text' });
      assert.match((await records.create({})).id, idForm);
      assert.equal((await records.create({ id: id('mine') })).id, id('mine'));
      const taken = codesOf((await fails(records.create({ id: id('mine') }), 400, 'Failed to create record.')).data);
      assert.ok(['validation_not_unique', 'validation_pk_invalid'].includes(taken.id), JSON.stringify(taken));
      for (const [bad, code] of [['short', 'validation_min_text_constraint'], ['a'.repeat(16), 'validation_max_text_constraint'], ['ABCDEFGHIJKLMNO', 'validation_invalid_format'], ['aaaaaaa/aaaaaaa', 'validation_invalid_format']]) {
        await fails(records.create({ id: bad }), 400, 'Failed to create record.', { id: code });
      }
      await fails(records.update(id('mine'), { id: id('other') }), 400, 'Failed to update record.', { id: 'validation_pk_change' });
      assert.equal((await records.update(id('mine'), { id: id('mine') })).id, id('mine'));
    });

    it('with an own pattern forbid characters, reserved names and other letter cases of a taken id', async () => {
      const made = await pb.collections.create({
        name: 'free', type: 'base', fields: [{ name: 'id', type: 'text', primaryKey: true, system: true, required: true, min: 1, max: 40, pattern: '^.+$', autogeneratePattern: '[a-z]{10}' }],
      });
      const records = pb.collection(made.name);
      await records.create({ id: 'My-Id_1' });
      for (const bad of ['a/b', 'a.b', 'a b', 'a%b', 'a"b', 'a$b', 'a:b', 'a*b', 'a?b', "a'b", 'a\\b', 'a|b', 'a<b']) {
        await fails(records.create({ id: bad }), 400, undefined, { id: 'validation_forbidden_pk_character' });
      }
      for (const bad of ['CON', 'nul', 'COM1']) await fails(records.create({ id: bad }), 400, undefined, { id: 'validation_reserved_pk' });
      await fails(records.create({ id: 'MY-ID_1' }), 400, undefined, { id: 'validation_pk_invalid' });
      await fails(records.getOne('MY-ID_1'), 404);
      assert.match((await records.create({})).id, /^[a-z]{10}$/);
    });
  });

  it('ignores unknown keys and the server\'s own keys', async () => {
    const records = await collectionOf({ type: 'text' });
    const made = await records.create({ f: 'a', unknown: 1, collectionId: 'x', collectionName: 'y', expand: { a: 1 } });
    assert.deepEqual(Object.keys(made).sort(), ['collectionId', 'collectionName', 'f', 'id']);
    assert.equal(made.collectionName, records.collectionIdOrName);
  });

  it('names every failing code in the shape of the contract', async () => {
    const records = await collectionOf({ type: 'select', values: ['a'] });
    const error = await fails(records.create({ f: 'z' }), 400);
    assert.deepEqual(codesOf(error.data), { f: 'validation_invalid_value' });
    assert.match(error.data.f.message, /^Invalid value z\.$/);
    assert.deepEqual(error.data.f.params, { value: 'z' });
  });
});

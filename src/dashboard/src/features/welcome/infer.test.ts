import { describe, expect, it } from 'vitest';
import { collectionName, fieldName, fieldsOf, inferColumns, renamed, typeOf } from './infer';

describe('what a column holds', () => {
  it.each([
    [['1', '2.5', '-3e4'], 'number'],
    [['007', '1'], 'text'],
    [['12345678901234567890'], 'text'],
    [['true', 'FALSE'], 'bool'],
    [['2026-01-31', '2026-01-31 10:00:00.000Z'], 'date'],
    [['2026-01-31', 'soon'], 'text'],
    [['2026-99-99'], 'text'],
    [['a@b.example', ''], 'email'],
    [['https://a.example/x'], 'url'],
    [['{"lon":1,"lat":2}'], 'geoPoint'],
    [[{ lon: 1, lat: 2 }], 'geoPoint'],
    [['[1,2]', '{"a":1}'], 'json'],
    [[1, 'one'], 'json'],
    [['', null], 'text'],
  ])('%j is %s', (values, type) => expect(typeOf(values)).toBe(type));
});

describe('names', () => {
  it.each([
    ['Größe (m)', 'Groesse_m'],
    ['élan vital', 'elan_vital'],
    ['2026', 'n2026'],
    ['id', 'id_'],
    ['日本', 'column'],
  ])('%s becomes %s', (column, name) => expect(fieldName(column, new Set())).toBe(name));

  it('tells equal ones apart', () => expect(fieldName('A b', new Set(['a_b', 'a_b2']))).toBe('A_b3'));
  it('takes the collection from the file', () => expect(collectionName('My Airports (2).csv')).toBe('my_airports_2'));
});

describe('a file', () => {
  const rows = [
    { id: 'abcdefghijklmno', 'Full name': 'Ann', long: 'x'.repeat(3000) },
    { id: 'abcdefghijklmnp', 'Full name': 'Bob', long: '' },
  ];
  const columns = inferColumns(['id', 'Full name', 'long'], rows);

  it('keeps ids that records may have', () => expect(columns.map(({ field }) => field)).toEqual(['id', 'Full_name', 'long']));
  it('makes fields, with room for long texts', () =>
    expect(fieldsOf(columns)).toEqual([
      { name: 'Full_name', type: 'text' },
      { name: 'long', type: 'text', max: 1_000_000 },
    ]));
  it('renames rows and leaves out what is not wanted', () =>
    expect(
      renamed(
        rows,
        [columns[0], { ...columns[1], taken: false }].flatMap((one) => (one?.column ? [one as (typeof columns)[0]] : [])),
      ),
    ).toEqual([{ id: 'abcdefghijklmno' }, { id: 'abcdefghijklmnp' }]));
});

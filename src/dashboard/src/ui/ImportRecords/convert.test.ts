import type { CollectionField, CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { guessMapping, toBody, toValue } from './convert';
import { fromJson, fromLines, parseFile, Unreadable } from './parse';

const field = (name: string, type: string, more = {}) => ({ id: name, name, type, ...more }) as CollectionField;
const people = {
  type: 'base',
  fields: [
    field('id', 'text'),
    field('fullName', 'text', { required: true }),
    field('age', 'number'),
    field('photo', 'file'),
    field('created', 'autodate'),
  ],
} as unknown as CollectionModel;

describe('columns and fields', () => {
  it('finds names that are alike, but nothing that the server sets', () =>
    expect(guessMapping(['Full name', 'AGE', 'photo', 'created', 'other'], people)).toEqual({ 'Full name': 'fullName', AGE: 'age' }));

  it('makes a body of a row and says what does not fit', () => {
    const { body, misfits } = toBody({ 'Full name': '', AGE: 'old' }, { 'Full name': 'fullName', AGE: 'age' }, people);
    expect(body).toEqual({ fullName: '' });
    expect(misfits.map(({ field: name, why }) => `${name} ${why}`)).toEqual(['fullName missing', 'age number']);
  });
});

describe('a cell as a value', () => {
  it.each([
    ['number', '12.5', 12.5],
    ['number', '', 0],
    ['bool', 'Yes', true],
    ['bool', '0', false],
    ['date', '2026-01-31', '2026-01-31 00:00:00.000Z'],
    ['date', '2026-01-31 10:00:00', '2026-01-31 10:00:00.000Z'],
    ['json', '{"a":1}', { a: 1 }],
    ['json', 'words', 'words'],
    ['geoPoint', '{"lon":1,"lat":2}', { lon: 1, lat: 2 }],
    ['geoPoint', '52.5, 13.4', { lat: 52.5, lon: 13.4 }],
    ['text', ' 007 ', ' 007 '],
    ['text', { a: 1 }, '{"a":1}'],
  ])('%s of %j', (type, text, value) => expect(toValue(text, field('f', type))).toEqual(value));

  it.each([
    ['number', '12 or so', 'number'],
    ['bool', 'maybe', 'bool'],
    ['date', 'tomorrow', 'date'],
    ['geoPoint', 'here', 'point'],
    ['email', 'nobody', 'email'],
    ['url', 'example', 'url'],
  ])('%s cannot be %s', (type, text, why) => expect(toValue(text, field('f', type))).toMatchObject({ misfit: true, why }));

  it('knows the choices of a select', () => {
    const size = { values: ['s', 'm', 'l'] };
    expect(toValue('m', field('f', 'select', size))).toBe('m');
    expect(toValue('s; l', field('f', 'select', { ...size, maxSelect: 2 }))).toEqual(['s', 'l']);
    expect(toValue('xl', field('f', 'select', size))).toMatchObject({ why: 'choice' });
  });
});

describe('files', () => {
  it('reads a list of objects, or an object around it', () => {
    expect(fromJson('[{"a":1},{"b":2}]').columns).toEqual(['a', 'b']);
    expect(fromJson('{"page":1,"items":[{"a":1}]}').rows).toEqual([{ a: 1 }]);
    expect(() => fromJson('[1,2]')).toThrow(Unreadable);
    expect(() => fromJson('{')).toThrow(Unreadable);
  });

  it('reads one object a line', () => {
    expect(fromLines('{"a":1}\n\n{"a":2}\n').rows).toHaveLength(2);
    expect(() => fromLines('{"a":1}\nno')).toThrow(Unreadable);
  });

  it('refuses what is empty', () => expect(parseFile(new File(['[]'], 'x.json'))).rejects.toThrow(Unreadable));
});

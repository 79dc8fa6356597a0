import type { CollectionField } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { bodyOf, brokenJson, changedNames, isMultiple, jsonText, largeJson, same, valuesOf } from './values';

const field = (name: string, type: string, more: object = {}) => ({ id: name, name, type, ...more }) as CollectionField;
const fields = [
  field('title', 'text'),
  field('count', 'number'),
  field('tags', 'select', { maxSelect: 3 }),
  field('kind', 'select', { maxSelect: 1 }),
  field('data', 'json'),
  field('place', 'geoPoint'),
  field('cover', 'file', { maxSelect: 1 }),
  field('papers', 'file', { maxSelect: 5 }),
  field('password', 'password'),
];
const file = (name: string) => new File(['x'], name);

describe('the values of a form', () => {
  it('gives every type its shape', () => {
    const record = {
      id: 'a',
      collectionId: 'c',
      collectionName: 'things',
      title: 'A',
      count: 0,
      tags: ['x'],
      kind: 'y',
      data: [1],
      cover: 'a.png',
      papers: [],
    };
    expect(valuesOf(fields, record)).toEqual({
      title: 'A',
      count: 0,
      tags: ['x'],
      kind: ['y'],
      data: '[\n  1\n]',
      place: { lon: 0, lat: 0 },
      cover: ['a.png'],
      papers: [],
      password: '',
    });
    expect(valuesOf(fields, null)).toMatchObject({ title: '', count: '', tags: [], data: '', cover: [] });
  });

  it('knows what is changed', () => {
    const before = valuesOf(fields, null);
    expect(changedNames(before, { ...before, tags: [], place: { lon: 0, lat: 0 } })).toEqual([]);
    expect(changedNames(before, { ...before, tags: ['x'], place: { lon: 1, lat: 0 } })).toEqual(['tags', 'place']);
    expect(same([1, 2], [2, 1])).toBe(false);
  });

  it('does not indent what is large already', () => {
    expect(jsonText({ a: 'x'.repeat(largeJson) })).not.toContain('\n');
    expect(jsonText(null)).toBe('');
    expect(jsonText(false)).toBe('false');
  });

  it('finds JSON that is none, but an empty value is fine', () => {
    expect(brokenJson(fields, { data: '{"a":' }, ['data'])).toEqual(['data']);
    expect(brokenJson(fields, { data: ' ' }, ['data'])).toEqual([]);
    expect(brokenJson(fields, { data: '{"a":' }, ['title'])).toEqual([]);
  });

  it('stores one choice as text and several as a list', () => {
    const values = { ...valuesOf(fields, null), tags: ['x', 'y'], kind: ['z'] };
    expect(bodyOf(fields, values, ['tags', 'kind', 'count'])).toEqual({ tags: ['x', 'y'], kind: 'z', count: 0 });
    expect(isMultiple(fields[3] as CollectionField)).toBe(false);
  });

  it('sends JSON as its text, so that a text of digits stays a text', () => {
    expect(bodyOf(fields, { data: '"1"' }, ['data'])).toEqual({ data: '"1"' });
    expect(bodyOf(fields, { data: '' }, ['data'])).toEqual({ data: null });
  });

  it('repeats a password, because the API asks for it twice', () => {
    expect(bodyOf(fields, { password: 'secret' }, ['password'])).toEqual({ password: 'secret', passwordConfirm: 'secret' });
  });

  it('adds files to those that stay, and replaces a single one', () => {
    const [paper, cover] = [file('b.pdf'), file('c.png')];
    const body = bodyOf(fields, { papers: ['a.pdf', paper], cover: [cover], title: '007' }, ['papers', 'cover', 'title']) as FormData;
    expect(JSON.parse(String(body.get('@jsonPayload')))).toEqual({ papers: ['a.pdf'], title: '007' });
    expect([...body.keys()]).toEqual(['@jsonPayload', 'cover', 'papers+']);
  });

  it('leaves files out that follow in pieces', () => {
    const paper = file('huge.pdf');
    expect(bodyOf(fields, { papers: ['a.pdf', paper] }, ['papers'], new Set([paper]))).toEqual({ papers: ['a.pdf'] });
  });
});

import type { CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { scopeOf } from './schema';
import { suggest } from './suggest';
import { isClosed, tokensOf } from './tokens';

const collection = (name: string, type: string, fields: object[]) =>
  ({ id: `id_${name}`, name, type, system: false, fields }) as unknown as CollectionModel;
const users = collection('users', 'auth', [
  { name: 'id', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'role', type: 'select', values: ['editor', 'reader'], maxSelect: 1 },
]);
const posts = collection('posts', 'base', [
  { name: 'id', type: 'text' },
  { name: 'title', type: 'text' },
  { name: 'views', type: 'number' },
  { name: 'hot', type: 'bool' },
  { name: 'created', type: 'autodate' },
  { name: 'author', type: 'relation', collectionId: 'id_users', maxSelect: 1 },
  { name: 'place', type: 'geoPoint' },
]);
const scope = scopeOf(posts, [posts, users]);

/** What is offered at the mark `|`. */
function at(marked: string): string[] {
  const place = marked.indexOf('|', marked.includes('||') ? marked.indexOf('||') + 2 : 0);
  return suggest(marked.slice(0, place) + marked.slice(place + 1), place, scope)?.options.map(({ text }) => text) ?? [];
}

describe('what is offered while a filter is written', () => {
  it.each([
    ['ti|', 'title'],
    ['author.|', 'role'],
    ['title = "a" && vi|', 'views'],
    ['(hot = true || vi|)', 'views'],
    ['@|', '@request.'],
    ['@request.|', 'auth.'],
    ['@request.auth.|', 'name'],
    ['@request.body.|', 'title'],
    ['@request.body.title:|', 'isset'],
    ['@collection.|', 'users.'],
    ['@collection.users.|', 'role'],
    ['@collection.users:other.|', 'role'],
    ['place.|', 'lon'],
    ['author.posts_via_author.|', 'title'],
    ['hot = |', 'true'],
    ['author.role = |', '"editor"'],
    ['author.role = "|"', '"reader"'],
    ['created > |', '@now'],
    ['author = |', '@request.auth.id'],
    ['views |', '>='],
    ['geoDistance(place.lon, place.lat, 1, 2) |', '<'],
    ['title = "a" |', '&&'],
    ['(title = "a") |', '||'],
  ])('%s offers %s', (text, wanted) => expect(at(text)).toContain(wanted));

  it.each(['title = "x|', '12|'])('%s offers nothing', (text) => expect(at(text)).toEqual([]));
  it('offers no text operators for a number', () => expect(at('views |')).not.toContain('~'));
  it('puts fitting values first', () => expect(at('hot = |')[0]).toBe('true'));
});

describe('pieces of a rule', () => {
  it('reads texts with quotes in them', () =>
    expect(tokensOf(String.raw`a = "x\"y" && b = 'it\'s' // no`).map(({ text }) => text)).toEqual([
      'a',
      '=',
      String.raw`"x\"y"`,
      '&&',
      'b',
      '=',
      String.raw`'it\'s'`,
    ]));
  it.each([
    ['"a"', true],
    ['"a', false],
    [String.raw`"a\"`, false],
    [String.raw`"a\\"`, true],
    [String.raw`'a\'`, false],
    ['"', false],
  ])('%s is closed: %s', (text, closed) => expect(tokensOf(text).map(isClosed)).toEqual([closed]));
});

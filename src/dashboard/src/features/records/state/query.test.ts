import type { CollectionField, CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { bothFilters, idFilters, pick, searchFilter } from './query';

const field = (name: string, type: string, more = {}) => ({ id: name, name, type, hidden: false, ...more }) as CollectionField;
const posts = {
  id: 'c1',
  name: 'posts',
  fields: [field('title', 'text'), field('body', 'editor'), field('done', 'bool'), field('key', 'text', { hidden: true })],
} as CollectionModel;
const people = { id: 'c2', name: 'people', fields: [field('name', 'text')] } as CollectionModel;

describe('what the grid asks for', () => {
  it('looks for a text in open fields of text, quotes and all', () => expect(searchFilter(posts, ' a"b ')).toBe('title ~ "a\\"b" || body ~ "a\\"b"'));

  it('joins filters so that neither changes the other', () => {
    expect(bothFilters('a = 1 // why', 'b = 2 || c = 3')).toBe('(a = 1 // why\n) && (b = 2 || c = 3\n)');
    expect(bothFilters('', 'b = 2')).toBe('b = 2');
  });

  it('asks for the name of what a relation points at, and for the beginning of long texts', () =>
    expect(pick([field('body', 'editor'), field('author', 'relation', { collectionId: 'c2' })], [people])).toEqual({
      fields: 'id,collectionId,collectionName,body:excerpt(200,true),author,expand.author.id,expand.author.name',
      expand: 'author',
    }));

  it('asks for many records in pieces that the server takes', () => {
    const ids = Array.from({ length: 250 }, (_, at) => `record${at}`.padEnd(40, 'x'));
    const pieces = idFilters(ids);
    expect(pieces.flatMap((piece) => piece.ids)).toEqual(ids);
    for (const { filter } of pieces) expect(filter.length).toBeLessThan(3500);
  });
});

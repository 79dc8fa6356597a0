import type { CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { bodyOf, copyOf, draftOf, newField, withField, withoutField } from './draft';
import { indexName, readIndex, writeIndex } from './indexes';

const posts = {
  id: 'pbc_1',
  name: 'posts',
  type: 'base',
  system: false,
  created: 'x',
  updated: 'y',
  fields: [
    { id: 'text1', name: 'id', type: 'text', system: true },
    { id: 'text2', name: 'title', type: 'text', system: false, max: 100 },
  ],
  indexes: ['CREATE UNIQUE INDEX `idx_title` ON `posts` (`title`)'],
} as unknown as CollectionModel;

describe('a collection that is edited', () => {
  it('goes back to the server as it came', () => {
    const { created: _, updated: __, ...sent } = posts as unknown as Record<string, unknown>;
    expect(bodyOf(draftOf(posts))).toEqual(sent);
  });
  it('takes a new name of a field into its indexes', () => {
    const draft = withField(draftOf(posts), 'text2', { name: 'heading' });
    expect(draft.indexes).toEqual(['CREATE UNIQUE INDEX `idx_title` ON `posts` (`heading`)']);
    expect(draft.fields[1]).toMatchObject({ id: 'text2', name: 'heading' });
  });
  it('loses the indexes over a field with the field', () => {
    const draft = withoutField(draftOf(posts), 'text2');
    expect([draft.fields.length, draft.indexes]).toEqual([1, []]);
  });
  it('is copied with new ids and names', () => {
    const copy = copyOf(posts, 'articles');
    expect(bodyOf(copy)).not.toHaveProperty('id');
    expect(copy.fields.map(({ id }) => id)).toEqual(['text1', '']);
    expect(copy.indexes).toEqual(['CREATE UNIQUE INDEX `idx_title_articles` ON `articles` (`title`)']);
  });
  it('gives new fields free names', () => {
    const first = newField('text', []);
    expect(newField('text', [first]).name).toBe('text2');
    expect(newField('autodate', []).name).toBe('created');
  });
  it('sends no fields of a view', () => expect(bodyOf({ ...draftOf(posts), type: 'view' })).not.toHaveProperty('fields'));
});

describe('statements of indexes', () => {
  it.each(['CREATE INDEX `a` ON `posts` (`title`)', 'CREATE UNIQUE INDEX `a` ON `posts` (`title` COLLATE NOCASE, `views` DESC) WHERE `views` > 3'])(
    '%s is read and written',
    (text) => expect(writeIndex(readIndex(text) ?? { name: '', unique: false, columns: [], where: '' }, 'posts')).toBe(text),
  );
  it.each(['CREATE INDEX a ON posts (lower(title))', 'nonsense'])('%s is left as text', (text) => expect(readIndex(text)).toBeUndefined());
  it('finds a free name', () =>
    expect(indexName('posts', ['title'], ['CREATE INDEX `idx_posts_title` ON `posts` (`title`)'])).toBe('idx_posts_title_2'));
});

import type { CollectionField, CollectionModel, RecordModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { bodyOf, deletePlan, editPlan, lostByDelete, modesOf } from './plans';

const field = (name: string, type: string, more = {}) => ({ id: name, name, type, ...more }) as CollectionField;
const posts = {
  type: 'base',
  fields: [
    field('id', 'text'),
    field('title', 'text'),
    field('tags', 'select', { maxSelect: 3 }),
    field('photo', 'file'),
    field('updated', 'autodate', { onUpdate: true }),
  ],
} as unknown as CollectionModel;
const record = {
  id: 'a',
  title: 'Before',
  tags: ['x'],
  photo: 'p.png',
  updated: '2026-01-01',
  collectionId: 'c',
  collectionName: 'posts',
} as unknown as RecordModel;
const [, title, tags] = posts.fields as [CollectionField, CollectionField, CollectionField];

describe('editing many records', () => {
  it('speaks the words of the API', () => {
    expect(bodyOf({ field: title, mode: 'set', value: 'After' })).toEqual({ title: 'After' });
    expect(bodyOf({ field: tags, mode: 'append', value: ['y'] })).toEqual({ 'tags+': ['y'] });
    expect(bodyOf({ field: tags, mode: 'clear', value: null })).toEqual({ tags: [] });
    expect(bodyOf({ field: field('n', 'number'), mode: 'subtract', value: 2 })).toEqual({ 'n-': 2 });
  });

  it('takes back to what each record had', () =>
    expect(editPlan([record], { field: tags, mode: 'append', value: ['y'] }).undo).toEqual([
      { kind: 'update', at: 0, id: 'a', body: { tags: ['x'] } },
    ]));

  it('offers only what a field can', () => expect(modesOf(field('f', 'file'))).toEqual(['clear']));
});

describe('deleting many records', () => {
  it('makes them anew with their ids, without what cannot come back', () =>
    expect(deletePlan(posts, [record]).undo[0]?.body).toEqual({ id: 'a', title: 'Before', tags: ['x'] }));

  it('says what is lost', () => expect(lostByDelete(posts, true)).toEqual(['files', 'dates', 'others']));

  it('gives accounts a password of chance', () => {
    const body = deletePlan({ ...posts, type: 'auth' } as unknown as CollectionModel, [record]).undo[0]?.body;
    expect(body?.password).toBe(body?.passwordConfirm);
    expect(String(body?.password).length).toBeGreaterThan(30);
  });
});

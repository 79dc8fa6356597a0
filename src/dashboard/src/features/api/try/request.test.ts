import type { CollectionModel } from 'pocketbase';
import { expect, it } from 'vitest';
import { isTriable, requestOf, tidy, type Wanted } from './request';

const posts = { name: 'my posts' } as unknown as CollectionModel;
const wanted: Wanted = { id: 'a/b', filter: 'x = 1', sort: '', expand: '', perPage: 5, body: '{"a":1}' };

it('asks for a page with what was filled in only', () =>
  expect(requestOf('list', posts, wanted)).toEqual({
    path: '/api/collections/my%20posts/records',
    options: { method: 'GET', query: { perPage: 5, filter: 'x = 1' } },
  }));

it.each([
  ['view', 'GET'],
  ['update', 'PATCH'],
  ['delete', 'DELETE'],
] as const)('%s goes to the one record', (action, method) => {
  const { path, options } = requestOf(action, posts, wanted);
  expect(path).toBe('/api/collections/my%20posts/records/a%2Fb');
  expect(options.method).toBe(method);
});

it('sends the body as it was written', () => {
  expect(requestOf('create', posts, wanted).options.body).toEqual({ a: 1 });
  expect(() => requestOf('create', posts, { ...wanted, body: '{' })).toThrow();
});

it('lays JSON out and leaves the rest', () => {
  expect(tidy('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(tidy('<p>')).toBe('<p>');
  expect(isTriable('live')).toBe(false);
});

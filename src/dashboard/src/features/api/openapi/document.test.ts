import { expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', pathname: '/_/' });
const { groupsOf, resolved, searched, typeOf } = await import('./document');

const document = {
  info: { title: 'T', version: '1' },
  paths: {
    '/api/posts': { get: { tags: ['posts'], summary: 'A page of posts.' }, post: { tags: ['posts'], summary: 'Adds one.' } },
    '/api/health': { get: { tags: ['health'], summary: 'Whether the server answers.' } },
  },
  components: { schemas: { posts: { type: 'object', properties: { id: { type: 'string' } } } } },
};

it('groups operations by tag', () =>
  expect([...groupsOf(document)].map(([tag, group]) => [tag, group.length])).toEqual([
    ['posts', 2],
    ['health', 1],
  ]));

it.each([
  ['', 3],
  ['post', 2],
  ['POST adds', 1],
  ['server health', 1],
  ['nothing', 0],
])('a search for "%s" finds %d', (text, count) => expect(searched(groupsOf(document), text).flatMap(([, group]) => group)).toHaveLength(count));

it('follows references and names types', () => {
  expect(resolved({ $ref: '#/components/schemas/posts' }, document)?.type).toBe('object');
  expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/posts' } })).toBe('posts[]');
  expect(typeOf({ type: ['string', 'null'] })).toBe('string | null');
  expect(typeOf(undefined)).toBe('');
});

import { execFileSync } from 'node:child_process';
import type { CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { actionsOf, languages, snippet } from '.';
import { literal, shell } from './literals';
import { bodyOf, sampleOf } from './samples';

const field = (name: string, type: string, more = {}) => ({ id: name, name, type, hidden: false, presentable: false, system: false, ...more });
const posts = {
  id: 'p',
  name: 'posts',
  type: 'base',
  fields: [
    field('id', 'text'),
    field('title', 'text', { max: 3 }),
    field('state', 'select', { values: ["o'pen", '$x'], maxSelect: 2 }),
    field('author', 'relation', { maxSelect: 1 }),
    field('place', 'geoPoint'),
    field('photo', 'file'),
    field('created', 'autodate'),
  ],
} as unknown as CollectionModel;
const users = {
  ...posts,
  name: 'users',
  type: 'auth',
  fields: [field('email', 'email'), field('password', 'password'), field('tokenKey', 'text')],
} as unknown as CollectionModel;
const base = 'http://localhost:8090';

describe('samples', () => {
  it('fit the fields', () => {
    expect(bodyOf(posts)).toEqual({ title: 'Hel', state: ["o'pen"], author: 'RECORD_ID', place: { lon: 13.4, lat: 52.52 } });
    expect(bodyOf(users)).toEqual({ email: 'ann@example.org', password: 'a long password', passwordConfirm: 'a long password' });
  });

  it('leave out what nobody writes', () => expect(sampleOf(field('created', 'autodate'))).toBeUndefined());
});

describe('snippets', () => {
  it('are there for what makes sense', () => {
    expect(actionsOf(posts)).toEqual(['list', 'view', 'create', 'update', 'delete', 'live', 'files']);
    expect(actionsOf({ ...posts, type: 'view', fields: [] } as unknown as CollectionModel)).toEqual(['list', 'view']);
    expect(actionsOf(users)).toContain('signin');
  });

  it.each(languages)('name the real collection in %s, whole', (language) => {
    for (const action of actionsOf(posts)) {
      const code = snippet(action, language, { collection: posts, base });
      expect(code).toContain('posts');
      expect(code).toContain(base);
      expect(code).not.toMatch(/undefined|\[object/);
    }
  });

  it('are JavaScript that can be read', async () => {
    const { parser } = (await import('@codemirror/lang-javascript')).javascriptLanguage;
    for (const collection of [posts, users]) {
      for (const action of actionsOf(collection)) {
        const code = snippet(action, 'js', { collection, base });
        parser.parse(code).iterate({ enter: (node) => expect(node.type.isError, `${code} at ${node.from}`).toBe(false) });
      }
    }
  });

  it('are commands that a shell can read', () => {
    for (const action of actionsOf(posts)) execFileSync('bash', ['-n', '-c', snippet(action, 'curl', { collection: posts, base })]);
  });
});

describe('literals', () => {
  it('follow each language', () => {
    const value = { a: "it's $5", b: [1, true], event: null };
    expect(literal(value, 'js')).toBe("{\n  a: 'it\\'s $5',\n  b: [1, true],\n  event: null,\n}");
    expect(literal(value, 'dart')).toContain("'a': 'it\\'s \\$5'");
    expect(literal(value, 'csharp')).toBe('new\n{\n  a = "it\'s $5",\n  b = new[] { 1, true },\n  @event = null,\n}');
    expect(shell("it's")).toBe("'it'\\''s'");
  });
});

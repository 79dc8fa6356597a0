import { expect, it, vi } from 'vitest';

const authStore = { record: { id: 'ann' } as { id: string } | null };
vi.mock('./client', () => ({ pb: { authStore } }));
const { forgetKept, ownName } = await import('./kept');

it('has a name of its own for everybody', () => {
  expect(ownName('hearth.editor')).toBe('hearth.editor.ann');
  expect(ownName('hearth.editor', 'bob')).not.toBe(ownName('hearth.editor'));
  authStore.record = null;
  expect(ownName('hearth.editor')).not.toBe('hearth.editor.ann');
  authStore.record = { id: 'ann' };
});

it('forgets all that somebody typed or copied from records, and nothing else', () => {
  const texts = new Map(['hearth.sql.uses.ann', 'hearth.sql.draft.ann', 'hearth.sql.draft.bob', 'hearth.language'].map((key) => [key, 'x']));
  const databases = new Set(['hearth.undo.ann', 'hearth.editor.ann', 'hearth.editor.bob']);
  vi.stubGlobal('localStorage', { removeItem: (key: string) => texts.delete(key) });
  vi.stubGlobal('indexedDB', { deleteDatabase: (name: string) => databases.delete(name) });
  forgetKept('ann');
  expect([...databases, ...texts.keys()]).toEqual(['hearth.editor.bob', 'hearth.sql.draft.bob', 'hearth.language']);
  vi.stubGlobal('indexedDB', undefined);
  expect(() => forgetKept('ann')).not.toThrow();
  vi.unstubAllGlobals();
});

const sources = import.meta.glob('../**/*.ts', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;

it('knows every database of the dashboard', () => {
  const opened = Object.values(sources).flatMap((text) => [...text.matchAll(/indexedDB\.open\(ownName\('([^']+)'\)/g)].map(([, name]) => name));
  expect([...new Set(opened)].sort()).toEqual(['hearth.editor', 'hearth.undo']);
  const others = Object.entries(sources).filter(([path, text]) => !path.endsWith('.test.ts') && /indexedDB\.open\((?!ownName\()/.test(text));
  expect(others.map(([path]) => path)).toEqual([]);
});

import { expect, it, vi } from 'vitest';
import { forgetKept } from './kept';

it('forgets all that is typed or copied from records, and nothing else', () => {
  const texts = new Map(['hearth.sql.uses', 'hearth.sql.draft', 'hearth.language'].map((key) => [key, 'x']));
  const databases = new Set(['hearth.undo', 'hearth-editor']);
  vi.stubGlobal('localStorage', { removeItem: (key: string) => texts.delete(key) });
  vi.stubGlobal('indexedDB', { deleteDatabase: (name: string) => databases.delete(name) });
  forgetKept();
  expect([...databases, ...texts.keys()]).toEqual(['hearth.language']);
  vi.stubGlobal('indexedDB', undefined);
  expect(forgetKept).not.toThrow();
  vi.unstubAllGlobals();
});

const sources = import.meta.glob('../**/*.ts', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;

it('knows every database of the dashboard', () => {
  const opened = Object.values(sources).flatMap((text) => [...text.matchAll(/indexedDB\.open\('([^']+)'/g)].map(([, name]) => name));
  expect([...new Set(opened)].sort()).toEqual(['hearth-editor', 'hearth.undo']);
});

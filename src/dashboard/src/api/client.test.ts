import { expect, it, vi } from 'vitest';

it('keeps the sign-in apart from that of an app at the same address', async () => {
  const kept = new Map([['pocketbase_auth', '{"token":"of.the.app","record":{"id":"a"}}']]);
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  };
  vi.stubGlobal('location', { origin: 'http://localhost', pathname: '/_/' });
  vi.stubGlobal('window', { localStorage, addEventListener: () => {} });
  const { pb } = await import('./client');
  expect(pb.authStore.token).toBe('');
  pb.authStore.save('of.the.superuser', null);
  expect(kept.get('pocketbase_auth')).toContain('of.the.app');
  expect([...kept.entries()].filter(([, text]) => text.includes('of.the.superuser'))).toHaveLength(1);
  pb.authStore.clear();
  expect([...kept.keys()]).toEqual(['pocketbase_auth']);
  vi.unstubAllGlobals();
});

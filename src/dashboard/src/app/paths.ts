import type { NavEntry } from './navigation';

/** Where a letter leads that is pressed after `g`. */
export const paths: Record<string, { label: NavEntry['label'] | 'account'; to: string }> = {
  h: { label: 'home', to: '/' },
  c: { label: 'collections', to: '/collections' },
  m: { label: 'map', to: '/map' },
  l: { label: 'logs', to: '/logs' },
  b: { label: 'backups', to: '/backups' },
  q: { label: 'sql', to: '/sql' },
  s: { label: 'settings', to: '/settings' },
  a: { label: 'account', to: '/account' },
};

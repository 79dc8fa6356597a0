import { expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', pathname: '/_/' });
const { filterOf, typed } = await import('./filter');

it('looks for plain words in the message, quoted', () => {
  expect(typed('  health ')).toBe('message ~ "health"');
  expect(typed("o'hare")).toBe('message ~ "o\'hare"');
});

it('takes an address for words, not for an expression', () => expect(typed('/api/health?a=1')).toBe('message ~ "/api/health?a=1"'));

it('leaves an expression as it is', () => expect(typed('data.status = 404')).toBe('data.status = 404'));

it('puts all conditions together, each in brackets', () => {
  const range = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T11:00:00Z') };
  expect(filterOf({ kind: 'failed', text: 'level = 8 || level = 4', range })).toBe(
    '(created >= "2026-11-23 10:00:00.000Z") && (created < "2026-11-23 11:00:00.000Z") && (data.status >= 500) && (level = 8 || level = 4)',
  );
  expect(filterOf({ kind: 'all', text: '', range, open: true })).toBe('(created >= "2026-11-23 10:00:00.000Z")');
  expect(filterOf({ kind: 'all', text: '', range: null })).toBe('');
});

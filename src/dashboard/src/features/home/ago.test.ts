import { expect, it } from 'vitest';
import { agoText } from './ago';

it.each([
  [30, 'this minute'],
  [119, '1 minute ago'],
  [7300, '2 hours ago'],
  [86_400, 'yesterday'],
  [-5, 'this minute'],
])('%d seconds read "%s"', (seconds, text) => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(agoText(new Date(now - seconds * 1000).toISOString().replace('T', ' '), 'en', now)).toBe(text);
});

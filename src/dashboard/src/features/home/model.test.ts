import { describe, expect, it, vi } from 'vitest';

vi.mock('~/api/client', () => ({ pb: {} }));
const { hoursOf } = await import('./model');

describe('the hours of the chart', () => {
  const now = new Date('2026-11-23T10:40:00Z');
  const hours = hoursOf(
    [
      { date: '2026-11-23 10:00:00.000Z', total: 7 },
      { date: '2026-11-22 11:00:00.000Z', total: 3 },
      { date: '2026-11-22 10:00:00.000Z', total: 9 },
    ],
    now,
  );

  it('are twenty-four, the newest last', () => {
    expect(hours).toHaveLength(24);
    expect(hours[23]).toEqual({ from: new Date('2026-11-23T10:00:00Z'), count: 7 });
    expect(hours[0]).toEqual({ from: new Date('2026-11-22T11:00:00Z'), count: 3 });
  });

  it('have none where nothing was asked', () => expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(10));
});

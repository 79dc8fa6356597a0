import { describe, expect, it } from 'vitest';
import { barOf, fill, spans, stepOf, wholeBars } from './range';

const noon = Date.parse('2026-11-23T12:00:00Z');
const hour = 3_600_000;

describe('ranges of time', () => {
  it.each([
    ['hour', 60_000, 'minute'],
    ['day', hour, 'hour'],
    ['week', 3 * hour, 'hour'],
  ] as const)('%s has bars of %d ms, counted by %s', (span, bar, step) => {
    expect(barOf({ from: noon - spans[span], to: noon })).toBe(bar);
    expect(stepOf(bar)).toBe(step);
  });

  it('begins and ends at whole bars', () => {
    expect(wholeBars({ from: noon + 1, to: noon + hour + 1 }, hour, 0)).toEqual({ from: noon, to: noon + 2 * hour });
    expect(wholeBars({ from: noon, to: noon + hour }, hour, 0)).toEqual({ from: noon, to: noon + hour });
  });

  it('days begin where the viewer is', () => {
    const day = 24 * hour;
    expect(wholeBars({ from: noon, to: noon + 1 }, day, 2 * hour).from).toBe(Date.parse('2026-11-22T22:00:00Z'));
  });

  it('puts counts into bars and leaves out what lies beside', () => {
    const counts = [
      { date: '2026-11-23 11:59:00.000Z', total: 9 },
      { date: '2026-11-23 12:10:00.000Z', total: 2 },
      { date: '2026-11-23 12:50:00.000Z', total: 1 },
      { date: '2026-11-23 13:00:00.000Z', total: 4 },
    ];
    expect(fill(counts, { from: noon, to: noon + 2 * hour }, hour)).toEqual([3, 4]);
  });
});

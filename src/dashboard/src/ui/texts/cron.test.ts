import { describe, expect, it } from 'vitest';
import { nextTime, readCron, rhythmOf } from './cron';

const next = (text: string, after: string) => {
  const cron = readCron(text);
  return cron && nextTime(cron, new Date(after))?.toISOString();
};

describe('cron expressions', () => {
  it.each(['', '* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '*/0 * * * *', '5-1 * * * *', '@often', '1,,2 * * * *', '* * * * 7'])(
    'refuses “%s”',
    (text) => expect(readCron(text)).toBeNull(),
  );

  it('reads lists, ranges and steps', () => {
    expect(readCron('0,30 8-18/5 */10 * 1-5')).toMatchObject({
      minutes: [0, 30],
      hours: [8, 13, 18],
      days: [1, 11, 21, 31],
      weekdays: [1, 2, 3, 4, 5],
    });
  });

  it.each([
    ['20 3 * * *', '2026-11-23T03:20:00Z', '2026-11-24T03:20:00.000Z'],
    ['20 3 * * *', '2026-11-23T03:19:59Z', '2026-11-23T03:20:00.000Z'],
    ['*/10 * * * *', '2026-12-31T23:55:00Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 29 2 *', '2026-11-23T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    // All five must match: the first of a month that is a Monday.
    ['0 0 1 * 1', '2026-11-23T00:00:00Z', '2027-02-01T00:00:00.000Z'],
  ])('%s after %s is %s', (text, after, expected) => expect(next(text, after)).toBe(expected));

  it('knows when it never comes', () => expect(next('0 0 30 2 *', '2026-11-23T00:00:00Z')).toBeUndefined());

  it.each([
    ['* * * * *', { every: 'minutes', count: 1 }],
    ['*/10 * * * *', { every: 'minutes', count: 10 }],
    ['0 * * * *', { every: 'hours', count: 1, minute: 0 }],
    ['5 */6 * * *', { every: 'hours', count: 6, minute: 5 }],
    ['@daily', { every: 'day', time: '00:00' }],
    ['20 3 * * 0', { every: 'week', time: '03:20', weekday: 0 }],
    ['@monthly', { every: 'month', time: '00:00', day: 1 }],
    ['@yearly', { every: 'year', time: '00:00', day: 1, month: 1 }],
    ['0 0 1 * 1', { every: 'other' }],
    ['*/7 * * * *', { every: 'other' }],
  ])('the rhythm of %s', (text, expected) => {
    const cron = readCron(text);
    expect(cron && rhythmOf(cron)).toEqual(expected);
  });
});

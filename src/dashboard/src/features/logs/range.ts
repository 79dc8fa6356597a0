/** A stretch of time to look at, in ms since 1970; `to` is excluded. */
export interface Range {
  from: number;
  to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The stretches that can be chosen, by name; each ends now. */
export const spans = { hour, day, week: 7 * day } as const;
export type Span = keyof typeof spans;

const steps = [minute, 2 * minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day];
const mostBars = 60;

/** How much time one bar stands for, in ms: a round number that makes at most 60 bars. */
export const barOf = ({ from, to }: Range): number => steps.find((step) => (to - from) / step <= mostBars) ?? day;

/** What the server is asked to count by. */
export const stepOf = (bar: number): 'minute' | 'hour' => (bar < hour ? 'minute' : 'hour');

/** The range widened to whole bars. Bars of days begin at midnight where the viewer is. */
export function wholeBars(range: Range, bar = barOf(range), zone = -new Date(range.to).getTimezoneOffset() * minute): Range {
  const down = (at: number) => Math.floor((at + zone) / bar) * bar - zone;
  return { from: down(range.from), to: down(range.to - 1) + bar };
}

/** How a date stands in the log, and so in a filter. */
export const stamp = (at: number): string => new Date(at).toISOString().replace('T', ' ');

/** Counts of the server put into bars: index of the bar to total. */
export function fill(counts: { date: string; total: number }[], whole: Range, bar: number): number[] {
  const bars = new Array<number>(Math.round((whole.to - whole.from) / bar)).fill(0);
  for (const { date, total } of counts) {
    const index = Math.floor((Date.parse(date.replace(' ', 'T')) - whole.from) / bar);
    if (index >= 0 && index < bars.length) bars[index] = (bars[index] ?? 0) + total;
  }
  return bars;
}

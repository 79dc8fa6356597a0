/** A cron expression of the contract (10.8), read: the values of its five fields, in UTC. */
export interface Cron {
  minutes: number[];
  hours: number[];
  days: number[];
  months: number[];
  weekdays: number[];
}

const macros: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const bounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Reads an expression; null when it is none. */
export function readCron(text: string): Cron | null {
  const parts = (macros[text.trim()] ?? text.trim()).split(/\s+/);
  if (parts.length !== 5) return null;
  const fields = parts.map((part, at) => readField(part, bounds[at]?.[0] ?? 0, bounds[at]?.[1] ?? 0));
  const [minutes, hours, days, months, weekdays] = fields;
  return minutes && hours && days && months && weekdays ? { minutes, hours, days, months, weekdays } : null;
}

function readField(text: string, least: number, most: number): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return null;
    const [, from, to, step] = match;
    const first = from === undefined ? least : Number(from);
    const last = to !== undefined ? Number(to) : from === undefined || step !== undefined ? most : first;
    const by = step === undefined ? 1 : Number(step);
    if (by < 1 || first < least || last > most || first > last) return null;
    for (let value = first; value <= last; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

const day = 86_400_000;

/** The next minute after `after` at which all five fields match; null when none does within five years, such as on 30 February. */
export function nextTime(cron: Cron, after: Date): Date | null {
  const start = new Date(Math.floor(after.getTime() / 60_000) * 60_000 + 60_000);
  const midnight = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate());
  for (let date = midnight; date < midnight + 5 * 366 * day; date += day) {
    const on = new Date(date);
    if (!cron.months.includes(on.getUTCMonth() + 1) || !cron.days.includes(on.getUTCDate()) || !cron.weekdays.includes(on.getUTCDay())) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const time = date + (hour * 60 + minute) * 60_000;
        if (time >= start.getTime()) return new Date(time);
      }
    }
  }
  return null;
}

/** How often a job comes, for a sentence. */
export type Rhythm =
  | { every: 'minutes'; count: number }
  | { every: 'hours'; count: number; minute: number }
  | { every: 'day' | 'month' | 'year' | 'week'; time: string; day?: number; month?: number; weekday?: number }
  | { every: 'other' };

/** The rhythm of an expression, when a short sentence can say it. */
export function rhythmOf(cron: Cron): Rhythm {
  const { minutes, hours, days, months, weekdays } = cron;
  const [minute = 0, hour = 0] = [minutes[0], hours[0]];
  const all = { days: days.length === 31, months: months.length === 12, weekdays: weekdays.length === 7 };
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (all.days && all.months && all.weekdays) {
    const [byMinute, byHour] = [stepOf(minutes, 60), stepOf(hours, 24)];
    if (hours.length === 24 && byMinute) return { every: 'minutes', count: byMinute };
    if (minutes.length === 1 && byHour && hours.length > 1) return { every: 'hours', count: byHour, minute };
    if (minutes.length === 1 && hours.length === 1) return { every: 'day', time };
  }
  if (minutes.length !== 1 || hours.length !== 1) return { every: 'other' };
  if (all.days && all.months && weekdays.length === 1) return { every: 'week', time, weekday: weekdays[0] };
  if (all.weekdays && days.length === 1) {
    if (all.months) return { every: 'month', time, day: days[0] };
    if (months.length === 1) return { every: 'year', time, day: days[0], month: months[0] };
  }
  return { every: 'other' };
}

/** The distance of values that fill a whole evenly from 0, such as 0, 15, 30, 45 of 60; null when they do not. */
function stepOf(values: number[], whole: number): number | null {
  const step = whole / values.length;
  return values.length > 1 && Number.isInteger(step) && values.every((value, at) => value === at * step) ? step : null;
}

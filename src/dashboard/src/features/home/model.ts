import { queryOptions } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { pb } from '~/api/client';

const everyMinute = { refetchInterval: 60_000, staleTime: 15_000 };

/** What the check-up of the server found; `gravity` from good to know to broken. */
interface Finding {
  gravity: 'fact' | 'good' | 'warning' | 'problem';
  area: string;
  text: string;
  advice: string;
}

/** Findings that somebody should look at. The server looks at its folders for it, so this is asked rarely. */
export const findings = queryOptions({
  queryKey: ['home', 'doctor'],
  queryFn: async () => {
    const { findings: all } = await pb.send<{ findings: Finding[] }>('/api/doctor', { method: 'GET' });
    return all.filter(({ gravity }) => gravity === 'problem' || gravity === 'warning').sort((a, b) => a.gravity.localeCompare(b.gravity));
  },
  staleTime: 300_000,
});

export const backups = queryOptions({
  queryKey: ['home', 'backups'],
  queryFn: async () => {
    const [all, settings] = await Promise.all([pb.backups.getFullList(), pb.send<{ backups: { cron: string } }>('/api/settings', { method: 'GET' })]);
    const [last] = all.sort((a, b) => b.modified.localeCompare(a.modified));
    return { last, scheduled: settings.backups.cron !== '' };
  },
  ...everyMinute,
});

const countOf = async (collection: string, filter = '') =>
  (await pb.collection(collection).getList(1, 1, { filter, fields: 'id', requestKey: null })).totalItems;

/** How many mails wait and how many were given up. */
export const mails = queryOptions({
  queryKey: ['home', 'mails'],
  queryFn: async () => {
    const [waiting, failed] = await Promise.all([countOf('_mails', "state = 'waiting'"), countOf('_mails', "state = 'failed'")]);
    return { waiting, failed };
  },
  ...everyMinute,
});

const text = (instant: Date) => instant.toISOString().replace('T', ' ');

/** Midnight where the viewer is. */
const midnight = () => {
  const now = new Date();
  return text(new Date(now.getFullYear(), now.getMonth(), now.getDate()));
};

/** One hour of the chart; `from` is its beginning. */
export interface Hour {
  from: Date;
  count: number;
}

/** The last 24 hours, the oldest first, from what the server counted; hours without requests have none. */
export function hoursOf(stats: { date: string; total: number }[], now: Date): Hour[] {
  const hourMs = 3_600_000;
  const current = Math.floor(now.getTime() / hourMs) * hourMs;
  const counts = new Map(stats.map(({ date, total }) => [new Date(date.replace(' ', 'T')).getTime(), total]));
  return Array.from({ length: 24 }, (_, at) => {
    const from = current - (23 - at) * hourMs;
    return { from: new Date(from), count: counts.get(from) ?? 0 };
  });
}

/** What went on today, as the log tells. */
export const today = queryOptions({
  queryKey: ['home', 'today'],
  queryFn: async () => {
    const now = new Date();
    const day = text(new Date(now.getTime() - 24 * 3_600_000));
    const count = async (filter: string) => (await pb.logs.getList(1, 1, { filter })).totalItems;
    const since = `data.type = 'request' && created >= '${midnight()}'`;
    const [stats, requests, failed] = await Promise.all([
      pb.logs.getStats({ filter: `data.type = 'request' && created >= '${day}'` }),
      count(since),
      count(`${since} && data.status >= 500`),
    ]);
    return { hours: hoursOf(stats, now), requests, failed };
  },
  ...everyMinute,
});

/** Accounts that were made today, in all collections of accounts but that of superusers. */
export const newAccounts = (collections: CollectionModel[]) => {
  const names = collections
    .filter(({ type, system, fields }) => type === 'auth' && !system && fields.some(({ name }) => name === 'created'))
    .map(({ name }) => name);
  return queryOptions({
    queryKey: ['home', 'accounts', names],
    queryFn: async () => (await Promise.all(names.map((name) => countOf(name, `created >= '${midnight()}'`)))).reduce((sum, count) => sum + count, 0),
    ...everyMinute,
  });
};

/** How many records a collection has. */
export const recordCount = (collection: string) =>
  queryOptions({ queryKey: ['home', 'count', collection], queryFn: () => countOf(collection), staleTime: 15_000 });

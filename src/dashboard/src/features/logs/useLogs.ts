import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { pb } from '~/api/client';
import { entryOf } from '~/api/journeys';
import { type Asked, filterOf, type Kind, kinds } from './filter';
import { barOf, fill, type Range, type Span, spans, stepOf, wholeBars } from './range';

/** Entries a page. */
export const pageSize = 50;

/** How often the page asks for news, in ms. */
const everyMs = 2_000;

/** What the page shows; all of it stands in the address. `zoom` is a stretch chosen in the chart. */
export interface View {
  span: Span;
  zoom: Range | null;
  kind: Kind;
  text: string;
  page: number;
  live: boolean;
  others: boolean;
}

/** What stands in the address, and how to change it. A change of anything but the page begins at page one. */
export function useView(): [View, (change: Partial<View>) => void] {
  const [search, setSearch] = useSearchParams();
  const [from, to] = [Number(search.get('from')), Number(search.get('to'))];
  const view: View = {
    span: (Object.keys(spans) as Span[]).find((span) => span === search.get('span')) ?? 'hour',
    zoom: to > from ? { from, to } : null,
    kind: kinds.find((kind) => kind === search.get('kind')) ?? 'all',
    text: search.get('filter') ?? '',
    page: Math.max(1, Number(search.get('page')) || 1),
    live: search.get('live') !== 'no',
    others: search.get('others') === 'yes',
  };
  const change = useCallback(
    (wanted: Partial<View>) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          const put = (name: string, value: string) => (value ? next.set(name, value) : next.delete(name));
          if (wanted.span) put('span', wanted.span === 'hour' ? '' : wanted.span);
          if (wanted.zoom !== undefined || wanted.span) {
            put('from', String(wanted.zoom?.from ?? ''));
            put('to', String(wanted.zoom?.to ?? ''));
          }
          if (wanted.kind) put('kind', wanted.kind === 'all' ? '' : wanted.kind);
          if (wanted.text !== undefined) put('filter', wanted.text);
          if (wanted.live !== undefined) put('live', wanted.live ? '' : 'no');
          if (wanted.others !== undefined) put('others', wanted.others ? 'yes' : '');
          put('page', wanted.page && wanted.page > 1 ? String(wanted.page) : '');
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [view, change];
}

const rangeOf = ({ zoom, span }: View): Range => zoom ?? { from: Date.now() - spans[span], to: Date.now() };

/** A page of entries, the newest first; asked again every two seconds while it is live. */
export function useEntries(view: View) {
  const follows = view.live && view.page === 1 && !view.zoom;
  return useQuery({
    queryKey: ['logs', 'entries', view],
    queryFn: async () => {
      const asked: Asked = { ...view, range: rangeOf(view), open: !view.zoom };
      const found = await pb.logs.getList(view.page, pageSize, { filter: filterOf(asked), sort: '-created,-id' });
      return { total: found.totalItems, pages: found.totalPages, entries: found.items.map(entryOf) };
    },
    refetchInterval: follows ? everyMs : false,
  });
}

/** What the chart shows: bars of equal time, each with what went well, was refused and failed. */
export interface Bars {
  range: Range;
  bar: number;
  well: number[];
  refused: number[];
  failed: number[];
}

/** The counts for the chart. */
export function useBars(view: View) {
  const { span, zoom, text, others, live } = view;
  return useQuery({
    queryKey: ['logs', 'bars', { span, zoom, text, others }],
    queryFn: async (): Promise<Bars> => {
      const asked = rangeOf(view);
      const bar = barOf(asked);
      const range = wholeBars(asked, bar);
      const count = async (kind: Kind) =>
        fill(await pb.logs.getStats({ filter: filterOf({ kind, text, others, range }), query: { step: stepOf(bar) } }), range, bar);
      const [well, refused, failed] = await Promise.all([count('well'), count('refused'), count('failed')]);
      return { range, bar, well, refused, failed };
    },
    refetchInterval: live && !zoom ? 2 * everyMs : false,
  });
}

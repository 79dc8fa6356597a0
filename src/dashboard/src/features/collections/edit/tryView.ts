import { pb } from '~/api/client';

/** What the query of a view gives: its fields, and its first rows. */
export interface Tried {
  fields: { name: string; type: string }[];
  sample: Record<string, unknown>[];
}

/** Fields and first rows of a query that is not saved. */
export const triedView = (query: string) => ({
  queryKey: ['collections', 'try-view', query],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    pb.send<Tried>('/api/collections/meta/dry-run-view', { method: 'POST', body: { query }, signal, requestKey: null }),
  enabled: query.trim() !== '',
  retry: false,
});

import { keepPreviousData, QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { ClientResponseError, pb } from './client';

/** What the whole page knows of the server. Reads are tried again when no answer came; what the server refused is not. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      placeholderData: keepPreviousData,
      retry: (count, error) => count < 3 && error instanceof ClientResponseError && (error.status === 0 || error.status === 503),
    },
  },
});

/** All collections, those of the app first, by name. */
export const allCollections = queryOptions({
  queryKey: ['collections'],
  queryFn: async () => {
    const all = await pb.collections.getFullList({ batch: 500, query: { internal: true } });
    return all.sort((a, b) => Number(a.system) - Number(b.system) || a.name.localeCompare(b.name));
  },
  staleTime: 30_000,
});

/** All collections; `undefined` while they are loaded. */
export const useCollections = (): CollectionModel[] | undefined => useQuery(allCollections).data;

/** One collection by name or id. */
export const useCollection = (nameOrId: string): CollectionModel | undefined =>
  useCollections()?.find(({ name, id }) => name === nameOrId || id === nameOrId);

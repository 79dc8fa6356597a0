import { queryOptions } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';

export const actions = ['list', 'view', 'create', 'update', 'delete'] as const;
export type Action = (typeof actions)[number];

/** What a key may do: actions by collection (`*`: all but system ones), and routes by `METHOD /path`. */
export interface Scope {
  collections: Record<string, Action[]>;
  routes: string[];
}

/** A key, without what is secret of it (docs/guide/api-keys.md). */
export interface Key extends RecordModel {
  collectionRef: string;
  recordRef: string;
  name: string;
  prefix: string;
  scope: Partial<Scope> | null;
  expires: string;
  lastUsed: string;
  created: string;
}

/** A page of all keys, the newest first. */
export const keys = (page: number) =>
  queryOptions({ queryKey: ['keys', page], queryFn: () => pb.collection('_apiKeys').getList<Key>(page, 30, { sort: '-created' }) });

/** Whether accounts of a collection may have keys. */
export const allowsKeys = (collection: CollectionModel): boolean =>
  collection.type === 'auth' && (collection.apiKeys as { enabled?: boolean } | undefined)?.enabled === true;

interface Description {
  paths: Record<string, Record<string, { summary?: string }>>;
}

// Routes of records are named by collection and action; the rest of these is not for programs.
const beside = /^\/api\/(collections\/[^/]+\/records|batch|realtime|outbox\/page|docs)/;
// The description names collections, scopes have a placeholder in their place.
const ofCollection = /^\/api\/collections\/(?!meta\/|import$)[^/]+/;

/** Routes that are not about records, as a scope names them, from the server's own description. */
export const routes = queryOptions({
  queryKey: ['keys', 'routes'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => {
    const { paths } = await pb.send<Description>('/api/openapi.json', { method: 'GET' });
    const all = Object.entries(paths)
      .filter(([path]) => !beside.test(path))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(ofCollection, '/api/collections/{collection}')}`),
      );
    return [...new Set(all)].sort();
  },
});

/** A scope without what allows nothing. */
export function tidy({ collections, routes }: Scope): Scope {
  return { collections: Object.fromEntries(Object.entries(collections).filter(([, allowed]) => allowed.length > 0)), routes };
}

export const isEmpty = (scope: Scope): boolean => Object.keys(tidy(scope).collections).length === 0 && scope.routes.length === 0;

/** What a new key is to be. `password` proves who asks when the sign-in is older than ten minutes. */
export interface Wish {
  name: string;
  scope: Scope;
  expires?: string;
  password?: string;
}

/** Makes a key of the viewer's own account; the answer is the only time that it is shown. */
export const make = (wish: Wish) =>
  pb.send<{ key: string; record: Key }>(
    `/api/collections/${encodeURIComponent(String(pb.authStore.record?.collectionName ?? '_superusers'))}/api-keys`,
    {
      method: 'POST',
      body: { ...wish, scope: tidy(wish.scope) },
    },
  );

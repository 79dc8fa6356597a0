import type { CollectionModel, SendOptions } from 'pocketbase';
import type { Action } from '../snippets';

/** What is filled in before something is tried. */
export interface Wanted {
  id: string;
  filter: string;
  sort: string;
  expand: string;
  perPage: number;
  body: string;
}

/** The actions that can be tried with one request and an answer. */
export const triable = ['list', 'view', 'create', 'update', 'delete'] as const satisfies Action[];
export type Triable = (typeof triable)[number];
export const isTriable = (action: Action): action is Triable => triable.some((one) => one === action);

/** The request that tries an action. Throws when the body is no JSON. */
export function requestOf(action: Triable, collection: CollectionModel, wanted: Wanted): { path: string; options: SendOptions } {
  const records = `/api/collections/${encodeURIComponent(collection.name)}/records`;
  const one = `${records}/${encodeURIComponent(wanted.id)}`;
  const given = (query: Record<string, string | number>) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  switch (action) {
    case 'list':
      return {
        path: records,
        options: { method: 'GET', query: given({ perPage: wanted.perPage, filter: wanted.filter, sort: wanted.sort, expand: wanted.expand }) },
      };
    case 'view':
      return { path: one, options: { method: 'GET', query: given({ expand: wanted.expand }) } };
    case 'create':
      return { path: records, options: { method: 'POST', body: JSON.parse(wanted.body) } };
    case 'update':
      return { path: one, options: { method: 'PATCH', body: JSON.parse(wanted.body) } };
    case 'delete':
      return { path: one, options: { method: 'DELETE' } };
  }
}

/** JSON laid out for reading; anything else as it is. */
export function tidy(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

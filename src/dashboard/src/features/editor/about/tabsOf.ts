import type { CollectionModel } from 'pocketbase';

/** The tabs that the form of an existing record has. */
export function tabsOf(collection: CollectionModel): ('fields' | 'account' | 'history' | 'api')[] {
  return collection.type === 'auth' ? ['fields', 'account', 'history', 'api'] : ['fields', 'api'];
}

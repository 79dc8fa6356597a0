import type { CollectionModel } from 'pocketbase';
import { pb } from '~/api/client';
import { isMultiple } from './values';

/** Records that refer to one that is to be deleted, and what becomes of them. */
export interface Dependent {
  collection: string;
  field: string;
  count: number;
  /** `goes`: deleted, too. `mayGo`: deleted, too, when it names no other record. `blocks`: the deletion is refused. `loses`: only the link goes. */
  effect: 'goes' | 'mayGo' | 'blocks' | 'loses';
}

/** Counts the records that refer to `id`, by collection and field. */
export async function dependentsOf(collections: CollectionModel[], target: CollectionModel, id: string): Promise<Dependent[]> {
  const links = collections
    .filter(({ type }) => type !== 'view')
    .flatMap((collection) =>
      collection.fields.filter((field) => field.type === 'relation' && field.collectionId === target.id).map((field) => ({ collection, field })),
    );
  const counted = await Promise.all(
    links.map(async ({ collection, field }): Promise<Dependent> => {
      const filter = pb.filter(isMultiple(field) ? `${field.name}.id ?= {:id}` : `${field.name} = {:id}`, { id });
      const { totalItems } = await pb.collection(collection.name).getList(1, 1, { filter, fields: 'id' });
      const effect = field.cascadeDelete ? (isMultiple(field) ? 'mayGo' : 'goes') : field.required ? 'blocks' : 'loses';
      return { collection: collection.name, field: field.name, count: totalItems, effect };
    }),
  );
  return counted.filter(({ count }) => count > 0);
}

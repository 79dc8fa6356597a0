import { queryOptions } from '@tanstack/react-query';
import { ClientResponseError, pb } from './client';

/** An account as others refer to it: the id or name of its collection, and its id. */
export interface AccountRef {
  collection: string;
  id: string;
}

/** What a person calls an account. */
export interface AccountName {
  collection: string;
  name: string;
}

const keyOf = ({ collection, id }: AccountRef) => `${collection}/${id}`;
const most = 100;

/** The names of accounts, by `COLLECTION/ID` as they were asked for; those that are gone are left out. */
export const accountNames = (refs: AccountRef[]) => {
  const wanted = [...new Map(refs.filter(({ collection, id }) => collection && id).map((ref) => [keyOf(ref), ref])).values()];
  return queryOptions({
    queryKey: ['accounts', wanted.map(keyOf).sort()],
    enabled: wanted.length > 0,
    staleTime: 60_000,
    queryFn: async () => {
      const names = new Map<string, AccountName>();
      for (const collection of new Set(wanted.map((ref) => ref.collection))) {
        const ids = wanted.filter((ref) => ref.collection === collection).map(({ id }) => id);
        for (let at = 0; at < ids.length; at += most) {
          for (const found of await read(collection, ids.slice(at, at + most))) {
            const name = [found.email, found.username, found.name].find((text) => typeof text === 'string' && text !== '');
            names.set(keyOf({ collection, id: found.id }), { collection: found.collectionName, name: name ?? found.id });
          }
        }
      }
      return names;
    },
  });
};

async function read(collection: string, ids: string[]) {
  const filter = ids.map((id) => pb.filter('id = {:id}', { id })).join(' || ');
  try {
    return (await pb.collection(collection).getList(1, ids.length, { filter, skipTotal: true })).items;
  } catch (error) {
    // The collection may be gone since.
    if (error instanceof ClientResponseError && error.status === 404) return [];
    throw error;
  }
}

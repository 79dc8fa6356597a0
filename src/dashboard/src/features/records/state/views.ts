import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';
import { type GridAddress, readAddress, writeAddress } from './address';

/** A saved view: what a grid shows, under a name that every superuser sees. */
export interface SavedView extends RecordModel {
  name: string;
  query: { address?: string };
}

const store = '_views';

/** What of an address a view keeps: all but the page, the open record and the view itself. */
export const viewText = (address: GridAddress): string => writeAddress({ ...address, page: 1, record: null, view: null }).toString();

/** The address that a view opens. */
export const viewAddress = (view: SavedView): GridAddress => ({
  ...readAddress(new URLSearchParams(view.query?.address ?? '')),
  page: 1,
  record: null,
  view: view.id,
});

/** The saved views of a collection, and how to keep, change and remove them. */
export function useViews(collection: CollectionModel) {
  const client = useQueryClient();
  const key = ['views', collection.id];
  const views = useQuery({
    queryKey: key,
    queryFn: () => pb.collection<SavedView>(store).getFullList({ filter: `collectionRef = ${JSON.stringify(collection.id)}`, sort: 'name' }),
    retry: false,
    staleTime: 60_000,
  });
  const done = () => client.invalidateQueries({ queryKey: key });
  const query = (address: GridAddress) => ({ address: viewText(address) });
  const add = useMutation({
    mutationFn: ({ name, address }: { name: string; address: GridAddress }) =>
      pb.collection<SavedView>(store).create({ name, collectionRef: collection.id, owner: pb.authStore.record?.id ?? '', query: query(address) }),
    onSuccess: done,
  });
  const change = useMutation({
    mutationFn: ({ id, address }: { id: string; address: GridAddress }) => pb.collection<SavedView>(store).update(id, { query: query(address) }),
    onSuccess: done,
  });
  const remove = useMutation({ mutationFn: (id: string) => pb.collection(store).delete(id), onSuccess: done });
  return { views: views.data, add, change, remove };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CollectionField, CollectionModel, RecordModel } from 'pocketbase';
import { useMemo } from 'react';
import { pb } from '~/api/client';
import type { GridAddress } from './address';
import { bothFilters, pick, searchFilter } from './query';

/** Key of everything that the grid of a collection has loaded. */
export const recordsKey = (collection: CollectionModel) => ['records', collection.id] as const;

/** The order of the server: as asked, else newest first. A view keeps no order of its own. */
export const orderOf = (collection: CollectionModel, sort: string): string => sort || (collection.type === 'view' ? '' : '-@rowid');

/** One page of records, and how many there are in all: two questions, so that a page of a million rows does not wait for the count. */
export function useRecords(collection: CollectionModel, collections: CollectionModel[], address: GridAddress, columns: CollectionField[]) {
  const { page, perPage, sort } = address;
  const filter = bothFilters(address.filter, searchFilter(collection, address.search));
  const picked = useMemo(() => pick(columns, collections), [columns, collections]);
  const list = useQuery({
    queryKey: [...recordsKey(collection), 'page', { page, perPage, sort, filter, ...picked }],
    queryFn: ({ signal }) =>
      pb
        .collection(collection.name)
        .getList<RecordModel>(page, perPage, { sort: orderOf(collection, sort), filter, ...picked, skipTotal: true, signal }),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: [...recordsKey(collection), 'count', filter],
    queryFn: async ({ signal }) => (await pb.collection(collection.name).getList(1, 1, { filter, fields: 'id', signal })).totalItems,
    enabled: list.isSuccess,
    placeholderData: undefined,
    staleTime: 30_000,
  });
  return { list, total: count.data, filter, ...picked };
}

import type { CollectionModel, RecordModel } from 'pocketbase';
import type { Change } from '~/api/bulk';
import { pb } from '~/api/client';
import { leftAs } from '~/api/left';
import { idFilters } from '../state/query';

/** All records that a filter finds, in pieces of 1,000 by their ids: however many there are, no piece takes longer than the first. */
export async function* allRecords(collection: CollectionModel, filter: string, fields: string, signal?: AbortSignal): AsyncGenerator<RecordModel[]> {
  const size = 1000;
  let after = '';
  while (true) {
    const beyond = after ? `id > ${JSON.stringify(after)}` : '';
    const both = filter && beyond ? `(${filter}\n) && ${beyond}` : filter || beyond;
    const { items } = await pb
      .collection(collection.name)
      .getList<RecordModel>(1, size, { sort: 'id', filter: both, fields, skipTotal: true, signal });
    if (items.length > 0) yield items;
    const last = items.at(-1);
    if (!last || items.length < size) return;
    after = last.id;
  }
}

/** The records with these ids. */
export async function* recordsById(collection: CollectionModel, ids: string[], fields: string, signal?: AbortSignal): AsyncGenerator<RecordModel[]> {
  for (const { filter } of idFilters(ids)) {
    const { items } = await pb.collection(collection.name).getList<RecordModel>(1, 1000, { filter, fields, skipTotal: true, signal });
    yield items;
  }
}

/** What the records of an action are like now. */
export async function presentStates(collection: CollectionModel, changes: Change[], signal: AbortSignal): Promise<Map<string, string>> {
  const present = new Map<string, string>();
  const ids = changes.flatMap((change) => (change.kind === 'create' ? [] : [change.id]));
  for await (const records of recordsById(collection, ids, '', signal)) {
    for (const record of records) present.set(record.id, leftAs(record));
  }
  return present;
}

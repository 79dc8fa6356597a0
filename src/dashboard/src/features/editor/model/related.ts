import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';
import { displayFields } from '~/api/display';

const atOnce = 40;
const searchable = new Set(['text', 'email', 'url', 'select', 'number']);

/** Records by their ids; those that are not there are missing in the answer. */
export async function relatedRecords(collection: string, ids: string[]): Promise<Map<string, RecordModel>> {
  const found = new Map<string, RecordModel>();
  for (let from = 0; from < ids.length; from += atOnce) {
    const filter = ids
      .slice(from, from + atOnce)
      .map((id) => pb.filter('id = {:id}', { id }))
      .join(' || ');
    const page = await pb.collection(collection).getList(1, atOnce, { filter, skipTotal: true });
    for (const record of page.items) found.set(record.id, record);
  }
  return found;
}

/** The first records that match a text in what tells most of them, or have it as their id. */
export async function findRecords(collection: CollectionModel, text: string): Promise<RecordModel[]> {
  const wanted = text.trim();
  const fields = displayFields(collection).filter(({ type }) => searchable.has(type));
  const parts = fields.map(({ name }) => pb.filter(`${name} ~ {:wanted}`, { wanted }));
  const filter = wanted ? [...parts, pb.filter('id = {:wanted}', { wanted })].join(' || ') : '';
  const sort = fields[0]?.name ?? 'id';
  const page = await pb.collection(collection.name).getList(1, 30, { filter, sort, skipTotal: true });
  return page.items;
}

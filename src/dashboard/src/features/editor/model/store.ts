import type { CollectionModel, RecordModel } from 'pocketbase';
import { ClientResponseError, pb } from '~/api/client';
import { withHeaders, withProgress } from '~/api/transport';
import type { Values } from './values';

/** A record and the tag of its state; sent back with a change, the tag keeps somebody else's change from being overwritten. */
export interface Tagged {
  record: RecordModel;
  tag: string;
}

/** Where a record is kept among the queries. */
export const recordKey = (collectionId: string, id: string) => ['record', collectionId, id] as const;

/** Reads a record plainly, because tags belong to the record without `expand` and `fields`. */
export async function readTagged(collection: CollectionModel, id: string): Promise<Tagged> {
  let tag = '';
  const fetch = withHeaders((headers) => {
    tag = headers.get('ETag') ?? '';
  });
  const record = await pb.collection(collection.name).getOne(id, { fetch });
  return { record, tag };
}

/** Stores what was changed; a new record when there is no tag. Throws a ClientResponseError with status 412 when somebody was faster. */
export async function store(
  collection: CollectionModel,
  before: Tagged | null,
  body: Values | FormData,
  onProgress: (share: number) => void,
): Promise<Tagged> {
  let tag = '';
  const send = body instanceof FormData ? withProgress(onProgress) : undefined;
  const fetch = withHeaders((headers) => {
    tag = headers.get('ETag') ?? '';
  }, send);
  const service = pb.collection(collection.name);
  const record = before
    ? await service.update(before.record.id, body, { fetch, headers: before.tag ? { 'If-Match': before.tag } : {} })
    : await service.create(body, { fetch });
  return { record, tag };
}

/** Whether the server refused because the record was changed since it was read. */
export const wasChanged = (error: unknown): boolean => error instanceof ClientResponseError && error.status === 412;

/** Whether the record is not there any more. */
export const isGone = (error: unknown): boolean => error instanceof ClientResponseError && error.status === 404;

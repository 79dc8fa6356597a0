import type { CollectionField, CollectionModel } from 'pocketbase';
import { uploadResumable } from '~/api/resumable';
import { isMultiple, type Values } from './values';

/** Files above this go in pieces, so that a broken connection does not begin anew (16 MiB). */
export const largeFile = 16 * 1024 * 1024;

/** Files that follow after the record is stored. */
export type LargeFiles = { field: CollectionField; file: File }[];

/** The files that go in pieces. A new record that must have one takes them with the form, because it could not be stored without. */
export function largeFiles(fields: CollectionField[], values: Values, names: string[], isNew: boolean): LargeFiles {
  return fields
    .filter(({ type, name, required }) => type === 'file' && names.includes(name) && !(isNew && required))
    .flatMap((field) => (values[field.name] as unknown[]).filter(isLarge).map((file) => ({ field, file })));
}

const isLarge = (value: unknown): value is File => value instanceof File && value.size > largeFile;

/** Uploads one after the other; gives back what could not be uploaded, and why. */
export async function uploadLarge(
  collection: CollectionModel,
  record: string,
  files: LargeFiles,
  onProgress: (file: File, share: number) => void,
): Promise<{ files: LargeFiles; error: unknown }> {
  for (const [index, { field, file }] of files.entries()) {
    try {
      const target = { collection: collection.name, record, field: isMultiple(field) ? `${field.name}+` : field.name };
      await uploadResumable(file, target, (share) => onProgress(file, share));
    } catch (error) {
      return { files: files.slice(index), error };
    }
  }
  return { files: [], error: null };
}

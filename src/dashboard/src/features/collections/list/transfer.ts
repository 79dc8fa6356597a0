import type { CollectionModel } from 'pocketbase';

/** Collections as a file that an import reads back. */
export function exported(collections: CollectionModel[]): Blob {
  const plain = collections.map(({ created: _, updated: __, ...rest }) => rest);
  return new Blob([`${JSON.stringify(plain, null, 2)}\n`], { type: 'application/json' });
}

/** Reads a file of collections: a list, or an object with such a list. Undefined when it is neither. */
export function readCollections(text: string): Record<string, unknown>[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const list = typeof value === 'object' && value !== null && 'collections' in value ? value.collections : value;
    const items = Array.isArray(list) ? list : [list];
    const fits = items.length > 0 && items.every((one) => typeof one === 'object' && one !== null && typeof one.name === 'string');
    return fits ? items : undefined;
  } catch {
    return undefined;
  }
}

import type { Change } from './bulk';
import { ownName } from './kept';

/** What cannot come back when an action is taken back. */
export type Lost = 'files' | 'passwords' | 'dates' | 'others';

/** The last action on many records of a collection, and what takes it back. Kept in this browser only, for who did it. */
export interface UndoEntry {
  collection: string;
  kind: 'update' | 'delete' | 'import';
  at: string;
  count: number;
  lost: Lost[];
  changes: Change[];
}

const store = 'undo';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(ownName('hearth.undo'), 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'collection' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function act<T>(mode: IDBTransactionMode, what: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = what(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Remembers an action; the one before it is forgotten. */
export const keepUndo = (entry: UndoEntry): Promise<unknown> => act('readwrite', (entries) => entries.put(entry));

/** The last action on a collection; null when there is none, or the browser keeps nothing. */
export const lastUndo = (collection: string): Promise<UndoEntry | null> =>
  act('readonly', (entries) => entries.get(collection) as IDBRequest<UndoEntry | undefined>).then(
    (entry) => entry ?? null,
    () => null,
  );

/** Forgets it, when it was taken back or is not wanted any more. */
export const dropUndo = (collection: string): Promise<unknown> => act('readwrite', (entries) => entries.delete(collection));

/** Key of the query that reads it. */
export const undoKey = (collection: string) => ['undo', collection] as const;

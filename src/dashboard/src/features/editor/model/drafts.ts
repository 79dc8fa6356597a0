import { ownName } from '~/api/kept';
import type { Values } from './values';

/** What somebody typed and did not store yet; kept in this browser, for them alone. */
export interface Draft {
  /** What was changed, by the name of the field. Passwords are never kept. */
  changes: Values;
  /** What the server had when the changes began. */
  base: Values;
  at: string;
}

const store = 'drafts';
const keptFiles = 50 * 1024 * 1024;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(ownName('hearth.editor'), 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, work: (drafts: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await open();
    try {
      return await new Promise<T>((resolve, reject) => {
        const request = work(database.transaction(store, mode).objectStore(store));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    } finally {
      database.close();
    }
  } catch {
    // A browser without room or permission keeps no drafts; the form works all the same.
    return undefined;
  }
}

/** Where the draft of a record is kept. */
export const draftKey = (collectionId: string, id: string): string => `${collectionId}/${id}`;

/** The draft of a record, if there is one. */
export async function readDraft(key: string): Promise<Draft | null> {
  return (await run<Draft | undefined>('readonly', (drafts) => drafts.get(key))) ?? null;
}

/** Keeps a draft. Files that are too large to be kept twice are left out. */
export async function keepDraft(key: string, draft: Draft): Promise<void> {
  const changes = Object.fromEntries(Object.entries(draft.changes).map(([name, value]) => [name, Array.isArray(value) ? fitting(value) : value]));
  await run('readwrite', (drafts) => drafts.put({ ...draft, changes }, key));
}

/** Forgets a draft. */
export async function dropDraft(key: string): Promise<void> {
  await run('readwrite', (drafts) => drafts.delete(key));
}

function fitting(list: unknown[]): unknown[] {
  let room = keptFiles;
  return list.filter((one) => {
    if (!(one instanceof File)) return true;
    room -= one.size;
    return room >= 0;
  });
}

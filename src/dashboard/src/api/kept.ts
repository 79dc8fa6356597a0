import { pb } from './client';

/** What this browser keeps for a superuser: copies of records that were changed, what is typed and not stored, statements of the SQL console. */
const databases = ['hearth.undo', 'hearth.editor'];
const texts = ['hearth.sql.uses', 'hearth.sql.draft'];

/** The name under which something is kept for who is signed in. Another superuser who comes to the same browser, over an ended sign-in for one, has other names. */
export const ownName = (name: string, owner = pb.authStore.record?.id ?? ''): string => `${name}.${owner}`;

/** How many records have changes of theirs in this browser that were never stored. */
export function keptDrafts(): Promise<number> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(ownName('hearth.editor'), 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('drafts');
      opening.onerror = () => resolve(0);
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction('drafts').objectStore('drafts').count();
        counting.onsuccess = () => resolve(counting.result);
        counting.onerror = () => resolve(0);
        database.close(); // once the count is there
      };
    } catch {
      resolve(0);
    }
  });
}

/** Forgets what is kept for a superuser, so that the next person at this browser finds nothing of it. How the dashboard looks stays. */
export function forgetKept(owner: string): void {
  try {
    for (const name of databases) indexedDB.deleteDatabase(ownName(name, owner));
    for (const name of texts) localStorage.removeItem(ownName(name, owner));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

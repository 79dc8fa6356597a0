/** What this browser keeps for who is signed in: copies of records that were changed, what is typed and not stored, statements of the SQL console. */
const databases = ['hearth.undo', 'hearth-editor'];
const texts = ['hearth.sql.uses', 'hearth.sql.draft'];

/** How many records have changes in this browser that were never stored. */
export function keptDrafts(): Promise<number> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open('hearth-editor', 1);
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

/** Forgets it, so that the next person at this browser finds nothing of it. How the dashboard looks stays. */
export function forgetKept(): void {
  try {
    for (const name of databases) indexedDB.deleteDatabase(name);
    for (const name of texts) localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

import { queryOptions } from '@tanstack/react-query';
import { ClientResponseError, pb } from '~/api/client';

/** A backup that is there; `modified` is when it was taken or brought. */
export type Backup = Awaited<ReturnType<typeof pb.backups.getFullList>>[number];

/** The backups that are there, the newest first. */
export const allBackups = queryOptions({
  queryKey: ['backups'],
  queryFn: async () => (await pb.backups.getFullList()).sort((a, b) => b.modified.localeCompare(a.modified)),
});

/** Names that the server takes (contract 10.7). */
export const isName = (name: string) => /^[a-z0-9_-]+\.zip$/.test(name) && name.length <= 150;

/** Where a backup came from, by its name. */
export const originOf = (key: string): 'auto' | 'hand' => (key.startsWith('@auto_') ? 'auto' : 'hand');

/** Lets the browser download a backup. The address holds a token that lives for a few minutes. */
export async function download(key: string): Promise<void> {
  const link = document.createElement('a');
  link.href = pb.backups.getDownloadURL(await pb.files.getToken(), key);
  link.download = key;
  link.click();
}

/** How a restore ended. `signedOut`: the account or its session is not in the backup. */
export type Restored = 'done' | 'signedOut' | 'unknown';

/**
 * Restores a backup and waits until the server answers again. The server answers when it is done; when that answer is lost on its way,
 * nobody knows whether it was, and `unknown` says so.
 */
export async function restore(key: string, waiting: () => void): Promise<Restored> {
  let lost = false;
  try {
    await pb.backups.restore(key);
  } catch (error) {
    if (!(error instanceof ClientResponseError) || error.status !== 0) throw error;
    lost = true;
  }
  waiting();
  await answering();
  try {
    await pb.collection('_superusers').authRefresh();
  } catch (error) {
    if (error instanceof ClientResponseError && (error.status === 401 || error.status === 404 || error.status === 403)) return 'signedOut';
    throw error;
  }
  return lost ? 'unknown' : 'done';
}

async function answering(): Promise<void> {
  for (;;) {
    try {
      await pb.health.check();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

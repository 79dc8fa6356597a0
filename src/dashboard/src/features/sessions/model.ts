import { queryOptions } from '@tanstack/react-query';
import type { RecordModel } from 'pocketbase';
import { pb } from '~/api/client';

/** A place where somebody is signed in (docs/guide/sessions.md). */
export interface Session extends RecordModel {
  collectionRef: string;
  recordRef: string;
  method: string;
  ip: string;
  userAgent: string;
  device: string;
  lastUsed: string;
  expires: string;
  created: string;
}

/** Which sessions to show. `record`: those of one account. */
export interface Wanted {
  collection: string;
  record: string;
  search: string;
  page: number;
}

/** A page of all sessions, the last used first. */
export const sessions = ({ collection, record, search, page }: Wanted) =>
  queryOptions({
    queryKey: ['sessions', collection, record, search, page],
    queryFn: () => {
      const parts = [
        ...(collection ? [pb.filter('collectionRef = {:collection}', { collection })] : []),
        ...(record ? [pb.filter('recordRef = {:record}', { record })] : []),
        ...(search ? [pb.filter('(device ~ {:search} || ip ~ {:search} || userAgent ~ {:search} || recordRef = {:search})', { search })] : []),
      ];
      return pb.collection('_sessions').getList<Session>(page, 30, { sort: '-lastUsed', filter: parts.join(' && ') });
    },
    refetchInterval: 30_000,
  });

/** Ends all sessions of an account but the viewer's own; how many there were. */
export async function endAll({ collectionRef, recordRef }: Session): Promise<number> {
  const filter = pb.filter('collectionRef = {:collectionRef} && recordRef = {:recordRef}', { collectionRef, recordRef });
  const all = (await pb.collection('_sessions').getFullList<Session>({ filter, fields: 'id' })).filter(({ id }) => id !== ownSession());
  for (const { id } of all) await pb.collection('_sessions').delete(id);
  return all.length;
}

/** The id of the viewer's own session, from the token; empty when the token belongs to none. */
export function ownSession(): string {
  try {
    const claims: unknown = JSON.parse(atob((pb.authStore.token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null && 'sid' in claims ? String(claims.sid) : '';
  } catch {
    return '';
  }
}

export const methods = ['password', 'oauth2', 'otp', 'passkey', 'totp', 'recovery'] as const;

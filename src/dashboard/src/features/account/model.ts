import { queryOptions } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';

/** The options of the superusers' collection that Hearth has beyond the contract. */
export type Superusers = CollectionModel & { totp?: { enabled: boolean }; passkeys?: { enabled: boolean } };

/** What stands about the signed-in superuser in a table of the accounts; superusers see everybody's rows. */
const mine = (table: string, sort = '') =>
  pb.collection(table).getFullList<RecordModel>({
    filter: pb.filter('recordRef = {:id}', { id: pb.authStore.record?.id ?? '' }),
    ...(sort && { sort }),
  });

export const options = queryOptions({
  queryKey: ['account', 'options'],
  queryFn: async () => (await pb.collections.getOne('_superusers')) as Superusers,
});
export const passkeys = queryOptions({ queryKey: ['account', 'passkeys'], queryFn: () => mine('_passkeys', '-created') });
export const apps = queryOptions({ queryKey: ['account', 'apps'], queryFn: async () => (await mine('_totps')).filter(({ confirmed }) => confirmed) });
export const codes = queryOptions({ queryKey: ['account', 'codes'], queryFn: () => mine('_recoveryCodes') });
export const sessions = queryOptions({ queryKey: ['account', 'sessions'], queryFn: () => mine('_sessions', '-lastUsed') });

/** Sends to one of the routes of the own account. */
export const send = <T>(path: string, body: object = {}) => pb.send<T>(`/api/collections/_superusers/${path}`, { method: 'POST', body });

import { queryOptions } from '@tanstack/react-query';
import type { RecordModel } from 'pocketbase';
import { ClientResponseError, pb } from '~/api/client';

/** A mail on its way, or what became of it (docs/guide/mail.md). */
export interface QueuedMail extends RecordModel {
  kind: string;
  to: string;
  subject: string;
  state: string;
  tries: number;
  due: string;
  reason: string;
  created: string;
}

/** A mail that stayed on the developer's machine. */
export interface KeptMail {
  id: string;
  date: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export const states = ['waiting', 'sent', 'failed', 'unneeded'] as const;
export type State = (typeof states)[number] | 'all';
export const kinds = ['verification', 'passwordReset', 'emailChange', 'otp', 'alert', 'message'] as const;

/** One of the words that the server uses, or undefined. */
export const known = <T extends string>(all: readonly T[], value: string): T | undefined => all.find((one) => one === value);

/** A page of the mails on their way, the newest first. */
export const queue = (state: State, search: string, page: number) =>
  queryOptions({
    queryKey: ['mails', 'queue', state, search, page],
    queryFn: () => {
      const parts = [
        ...(state === 'all' ? [] : [pb.filter('state = {:state}', { state })]),
        ...(search ? [pb.filter('(to ~ {:search} || subject ~ {:search})', { search })] : []),
      ];
      return pb.collection('_mails').getList<QueuedMail>(page, 30, { sort: '-created', filter: parts.join(' && ') });
    },
    refetchInterval: 5_000,
  });

/** The development outbox; null where mails are not kept. */
export const outbox = queryOptions({
  queryKey: ['mails', 'outbox'],
  queryFn: async () => {
    try {
      return (await pb.send<{ items: KeptMail[] }>('/api/outbox', { method: 'GET' })).items;
    } catch (error) {
      if (error instanceof ClientResponseError && error.status === 404) return null;
      throw error;
    }
  },
  refetchInterval: (query) => (query.state.data === null ? false : 3_000),
});

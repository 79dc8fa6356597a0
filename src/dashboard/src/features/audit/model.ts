import { queryOptions } from '@tanstack/react-query';
import { pb } from '~/api/client';

/** One entry of the audit log (docs/guide/audit.md). */
export interface Entry {
  id: string;
  number: number;
  created: string;
  action: string;
  actor: 'guest' | 'record' | 'superuser' | 'program' | 'commandLine';
  actorCollection: string;
  actorId: string;
  collection: string;
  record: string;
  ip: string;
  userAgent: string;
  data: Record<string, unknown>;
  previous: string;
  hash: string;
}

/** What the server says of the chain. */
export interface Report {
  valid: boolean;
  entries: number;
  unsealed: number;
  signed: boolean;
  head: { number: number; hash: string };
  problems: { number: number; id: string; kind: string; message: string }[];
}

/** What is shown of the log. */
export interface Wanted {
  group: string;
  actor: string;
  search: string;
  page: number;
}

export const groups = ['signin', 'account', 'key', 'collection', 'settings', 'backup', 'sql', 'cron', 'audit', 'secrets'] as const;
export const actors = ['superuser', 'record', 'guest', 'program', 'commandLine'] as const;

// Some actions of accounts and keys are named after the thing itself.
const starts: Record<string, string[]> = {
  signin: ['signin.', 'impersonation.', 'session.'],
  account: ['account.', 'email.', 'password.', 'oauth2.', 'mfa.'],
  key: ['key.', 'apiKey.', 'passkey.', 'totp.', 'recovery'],
};

/** A page of the log, the latest first. */
export const entries = ({ group, actor, search, page }: Wanted) =>
  queryOptions({
    queryKey: ['audit', group, actor, search, page],
    queryFn: () => {
      const begins = (starts[group] ?? (group ? [`${group}.`] : [])).map((start) => pb.filter('action ~ {:start}', { start: `${start}%` }));
      const parts = [
        ...(begins.length > 0 ? [`(${begins.join(' || ')})`] : []),
        ...(actor ? [pb.filter('actor = {:actor}', { actor })] : []),
        ...(search
          ? [
              `(${['action', 'collection', 'record', 'actorId', 'ip', 'data'].map((field) => pb.filter(`${field} ~ {:search}`, { search })).join(' || ')})`,
            ]
          : []),
      ];
      return pb.send<{ items: Entry[]; totalItems: number; totalPages: number }>('/api/audit', {
        method: 'GET',
        query: { page, perPage: 30, sort: '-created,-number', filter: parts.join(' && ') },
      });
    },
    refetchInterval: 10_000,
  });

export const verify = () => pb.send<Report>('/api/audit/verify', { method: 'GET' });

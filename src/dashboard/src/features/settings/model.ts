import { queryOptions } from '@tanstack/react-query';
import { pb } from '~/api/client';

/** What the server sees of the connection that asks. */
export const ownConnection = queryOptions({
  queryKey: ['settings', 'connection'],
  queryFn: async () => (await pb.send<{ data: { realIP?: string; possibleProxyHeader?: string } }>('/api/health', { method: 'GET' })).data,
});

/** The sections of the settings, in the order in which they stand. */
export const sections = ['app', 'mail', 'files', 'backups', 'logs', 'limits', 'network', 'json'] as const;
export type Section = (typeof sections)[number];

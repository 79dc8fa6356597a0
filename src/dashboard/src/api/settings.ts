import { queryOptions, useQuery } from '@tanstack/react-query';
import { pb } from './client';

/** A place in an object store. The secret is never shown: it is sent when it changes. */
export interface Bucket {
  enabled: boolean;
  bucket: string;
  region: string;
  endpoint: string;
  accessKey: string;
  secret?: string;
  forcePathStyle: boolean;
}

/** One rule of the rate limits (contract 10.3). */
export interface LimitRule {
  label: string;
  audience: '' | '@guest' | '@auth';
  duration: number;
  maxRequests: number;
}

/** The settings of the app, as `GET /api/settings` answers them (docs/reference/settings.md). */
export interface Settings {
  meta: { appName: string; appURL: string; accentColor: string; senderName: string; senderAddress: string; hideControls: boolean };
  logs: { maxDays: number; minLevel: number; logIP: boolean; logAuthId: boolean };
  /** Which requests keep their journey; servers before it have none. */
  journeys?: { slowMs: number; sample: number };
  audit: { maxDays: number };
  files: { encrypt: boolean };
  smtp: {
    enabled: boolean;
    host: string;
    port: number;
    username: string;
    password?: string;
    authMethod: '' | 'PLAIN' | 'LOGIN';
    tls: boolean;
    localName: string;
  };
  s3: Bucket;
  backups: { cron: string; cronMaxKeep: number; historyDays: number; s3: Bucket };
  batch: { enabled: boolean; maxRequests: number; timeout: number; maxBodySize: number };
  rateLimits: { enabled: boolean; rules: LimitRule[]; excludedIPs: string[] };
  trustedProxy: { headers: string[]; useLeftmostIP: boolean };
  superuserIPs: string[];
}

/** The settings as they are on the server. */
export const allSettings = queryOptions({ queryKey: ['settings'], queryFn: () => pb.send<Settings>('/api/settings', { method: 'GET' }) });

/** Whether what changes collections is hidden (`meta.hideControls`), so that nobody changes an app in use by mistake. */
export const useSchemaHidden = (): boolean => useQuery(allSettings).data?.meta.hideControls ?? false;

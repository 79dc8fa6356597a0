import { queryOptions } from '@tanstack/react-query';
import { pb } from './client';

/** The parts of the server that are measured. */
export type PartName = 'server' | 'auth' | 'rules' | 'database' | 'files' | 'mail' | 'live' | 'jobs' | 'backups';

/** How a part is. */
export type PartState = 'well' | 'idle' | 'slow' | 'failing';

/** What a part did in the last 60 seconds. Times in ms; absent when there was nothing to time. */
export interface Part {
  name: PartName;
  state: PartState;
  calls: number;
  errors: number;
  p50?: number;
  p95?: number;
  facts: Record<string, number | string | null>;
}

/** The back end at work (docs/reference/overview.md). Counts of seconds are the last 60, the oldest first. */
export interface Overview {
  at: string;
  node: { id: string; engine: 'sqlite' | 'postgres'; database?: string; version: string; started: string; memory: number };
  seconds: { requests: number[]; refused?: number[]; failed: number[] };
  requests: { count: number; refused: number; failed: number; p50?: number; p95?: number };
  parts: Part[];
  nodes: { id: string; machine?: string; seen: string; own: boolean }[];
}

/** What the server does now. */
export const overview = queryOptions({
  queryKey: ['overview'],
  queryFn: () => pb.send<Overview>('/api/overview', { method: 'GET' }),
  staleTime: 1_000,
});

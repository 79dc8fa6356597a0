import type { LogModel } from 'pocketbase';

/** One step of a journey: what happened, when since the request arrived, how long it took (ms), and the facts of its kind. */
export type Step = { at: number; took: number } & (
  | { step: 'caller'; who: 'guest' | 'record' | 'superuser' | 'key'; collection?: string; id?: string; name?: string; kept?: boolean }
  | { step: 'limits'; rule?: string; max?: number; used?: number }
  | { step: 'body'; bytes: number; kind: 'json' | 'multipart' | 'form' | (string & {}) }
  | { step: 'password' }
  | RuleStep
  | { step: 'hooks'; names?: string[] }
  | DatabaseStep
  | { step: 'files'; action: 'read' | 'write' | 'remove' | 'thumb'; name?: string; bytes?: number }
  | { step: 'mail'; count: number }
  | { step: 'live'; told: number }
  | { step: 'answer'; status: number; bytes?: number; kept?: boolean }
);

/** What the rule of a collection said. `rule`: its text; null means superusers only. */
export interface RuleStep {
  step: 'rule';
  collection: string;
  action: string;
  rule: string | null;
  outcome: 'open' | 'filtered' | 'bypassed' | 'refused';
  filter?: string;
}

/** One statement; the last may instead say how many more there were. Times in ms. */
export interface DatabaseStep {
  step: 'database';
  kind?: 'read' | 'write';
  sql?: string;
  rows?: number;
  changed?: number;
  waited?: number;
  commit?: number;
  failed?: boolean;
  more?: number;
}

/** The recorded steps of one request. `total` in ms. */
export interface Journey {
  why: 'slow' | 'failed' | 'asked' | 'sampled';
  engine: 'sqlite' | 'postgres';
  node?: string;
  total: number;
  steps: Step[];
}

/** What the log keeps of a request; entries of another kind have a message only. */
export interface RequestData {
  type?: string;
  method?: string;
  url?: string;
  status?: number;
  execTime?: number;
  /** Collection of the caller, empty for a guest. */
  auth?: string;
  authId?: string;
  userIP?: string;
  remoteIP?: string;
  userAgent?: string;
  referer?: string;
  error?: string;
  details?: string;
  journey?: Journey;
}

/** One entry of the log. `level`: -4 debug, 0 info, 4 warning, 8 error. */
export interface LogEntry {
  id: string;
  created: string;
  level: number;
  message: string;
  data: RequestData;
}

/** The SDK types the data of an entry loosely; this is the one place that says what it is. */
export function entryOf({ id, created, level, message, data }: LogModel): LogEntry {
  return { id, created, level: Number(level), message, data };
}

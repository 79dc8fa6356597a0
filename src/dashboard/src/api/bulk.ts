import type { CollectionModel, RecordModel } from 'pocketbase';
import { ClientResponseError, pb } from './client';
import { type Problem, problemOf } from './errors';
import { leftAs } from './left';

/**
 * One write of many. `at` is what the caller calls it by, such as the number of a row. `left`, on what takes an action back: how the action left the record
 * (`leftAs`); without it that is not known.
 */
export type Change = { at: number; body: Record<string, unknown>; left?: string } & (
  | { kind: 'create'; id?: undefined }
  | { kind: 'update' | 'delete'; id: string }
);

/** A write that was refused. */
export interface BulkFault {
  at: number;
  problem: Problem;
}

export interface BulkProgress {
  done: number;
  failed: number;
  total: number;
}

export interface BulkOutcome {
  /** What was stored, in the order of the changes. */
  done: Change[];
  faults: BulkFault[];
  /** True when it was stopped before the end. */
  stopped: boolean;
  /** How each record was left, by `at`; what is not known is not there. */
  left: Map<number, string>;
}

/** A browser opens six connections to a server; one of them listens to live updates. */
const together = 5;

/** Milliseconds between two tellings of how far it is. */
const telling = 100;

/**
 * Does many writes: by batches where the server allows them, else one by one, a few at a time. One that is refused does not stop the others. When the
 * server is away or asks for patience, it waits and goes on; a record that is made carries its id already, so that none is made twice.
 */
export async function runBulk(
  collection: CollectionModel,
  changes: Change[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: BulkProgress) => void } = {},
): Promise<BulkOutcome> {
  const size = await batchSize();
  const faults: BulkFault[] = [];
  const stored = new Set<Change>();
  const left = new Map<number, string>();
  const note = ({ at }: Change, record: unknown) => {
    if (record && typeof record === 'object' && 'id' in record) left.set(at, leftAs(record as RecordModel));
  };
  let told = 0;
  const tell = () => {
    if (performance.now() - told < telling && stored.size + faults.length < changes.length) return;
    told = performance.now();
    onProgress?.({ done: stored.size, failed: faults.length, total: changes.length });
  };
  const single = async (change: Change) => {
    const problem = await one(collection, change, (record) => note(change, record), signal);
    if (problem === 'stopped') return;
    if (problem) faults.push({ at: change.at, problem });
    else stored.add(change);
    tell();
  };
  // Each of a few goes on with the next as soon as it is done, so that a slow one holds up nobody.
  const oneByOne = async (part: Change[]) => {
    const rest = part.values();
    const work = async () => {
      for (const change of rest) {
        if (signal?.aborted) return;
        await single(change);
      }
    };
    await Promise.all(Array.from({ length: together }, work));
  };
  if (size === 1) await oneByOne(changes);
  else {
    for (let from = 0; from < changes.length && !signal?.aborted; from += size) {
      const part = changes.slice(from, from + size);
      const results = part.length > 1 ? await batch(collection, part, signal) : null;
      if (results) {
        for (const [at, change] of part.entries()) {
          stored.add(change);
          note(change, results[at]?.body);
        }
        tell();
      } else await oneByOne(part);
    }
  }
  return {
    done: changes.filter((change) => stored.has(change)),
    faults: faults.sort((a, b) => a.at - b.at),
    stopped: signal?.aborted ?? false,
    left,
  };
}

/** An id as the server makes them, for collections that take such; else none. */
export function newId(collection: CollectionModel): string | undefined {
  const field = collection.fields.find(({ name }) => name === 'id');
  if (field?.pattern !== '^[a-z0-9]+$' || (field.max ?? 0) < 15 || (field.min ?? 0) > 15) return undefined;
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(crypto.getRandomValues(new Uint32Array(15)), (number) => letters[number % letters.length]).join('');
}

async function batchSize(): Promise<number> {
  try {
    const { batch: limits } = (await pb.settings.getAll()) as { batch?: { enabled?: boolean; maxRequests?: number } };
    return limits?.enabled ? Math.min(limits.maxRequests ?? 1, 200) : 1;
  } catch {
    return 1;
  }
}

async function batch(collection: CollectionModel, changes: Change[], signal?: AbortSignal): Promise<{ body: unknown }[] | null> {
  const wanted = pb.createBatch();
  const records = wanted.collection(collection.name);
  for (const { kind, id, body } of changes) {
    if (kind === 'create') records.create(body);
    else if (kind === 'update') records.update(id, body);
    else records.delete(id);
  }
  try {
    return await patiently(() => wanted.send({ signal }), signal);
  } catch {
    // All of it was undone; one by one it turns out which of them was refused.
    return null;
  }
}

async function one(
  collection: CollectionModel,
  { kind, id, body }: Change,
  done: (record: unknown) => void,
  signal?: AbortSignal,
): Promise<Problem | 'stopped' | null> {
  const records = pb.collection(collection.name);
  let again = false;
  try {
    await patiently(async () => {
      try {
        if (kind === 'create') done(await records.create(body));
        else if (kind === 'update') done(await records.update(id, body));
        else await records.delete(id);
      } catch (error) {
        if (!(again && happened(kind, error))) throw error;
      } finally {
        again = true;
      }
    }, signal);
    return null;
  } catch (error) {
    if (signal?.aborted) return 'stopped';
    // Whoever deletes a record that is gone has what was wanted.
    return kind === 'delete' && error instanceof ClientResponseError && error.status === 404 ? null : problemOf(error);
  }
}

/** Whether a second try failed because the first had been stored, although its answer never came. */
function happened(kind: Change['kind'], error: unknown): boolean {
  if (!(error instanceof ClientResponseError)) return false;
  return kind === 'create' && error.response.data?.id?.code === 'validation_not_unique';
}

const passing = (error: unknown) => error instanceof ClientResponseError && !error.isAbort && [0, 429, 503].includes(error.status);

/** Tries again while no answer comes, the server starts anew, or it asks to wait; for a minute at most. */
async function patiently<T>(what: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await what();
    } catch (error) {
      if (signal?.aborted || !passing(error) || tries >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** tries, 4000)));
    }
  }
}

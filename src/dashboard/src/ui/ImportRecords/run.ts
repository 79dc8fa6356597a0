import type { CollectionModel, RecordModel } from 'pocketbase';
import { type BulkFault, type BulkProgress, type Change, newId, runBulk } from '~/api/bulk';
import { pb } from '~/api/client';
import { type Mapping, type Misfit, type Row, toBody } from './convert';

/** A row that was not stored, and why. */
export interface RowFault {
  /** Counted from 1, without the header. */
  row: number;
  misfits: Misfit[];
  fault?: BulkFault;
}

export interface ImportOutcome {
  added: number;
  changed: number;
  faults: RowFault[];
  stopped: boolean;
  /** What takes it back. */
  undo: Change[];
}

export interface ImportPlan {
  collection: CollectionModel;
  rows: Row[];
  mapping: Mapping;
  /** The field that tells records apart: a row whose value is there already changes that record. */
  key: string | null;
}

/** Stores the rows, some hundreds at a time, and says of each that was refused why. */
export async function runImport(plan: ImportPlan, signal: AbortSignal, onProgress: (progress: BulkProgress) => void): Promise<ImportOutcome> {
  const { collection, rows } = plan;
  const outcome: ImportOutcome = { added: 0, changed: 0, faults: [], stopped: false, undo: [] };
  const step = 500;
  for (let from = 0; from < rows.length && !signal.aborted; from += step) {
    const { changes, before, faults } = await prepare(plan, from, Math.min(from + step, rows.length));
    outcome.faults.push(...faults);
    const already = { done: outcome.added + outcome.changed, failed: outcome.faults.length };
    const part = await runBulk(collection, changes, {
      signal,
      onProgress: ({ done, failed }) => onProgress({ done: already.done + done, failed: already.failed + failed, total: rows.length }),
    });
    for (const change of part.done) {
      if (change.kind === 'update') {
        outcome.changed++;
        outcome.undo.push({ kind: 'update', at: change.at, id: change.id, body: before.get(change.id) ?? {}, left: part.left.get(change.at) });
      } else {
        outcome.added++;
        if (typeof change.body.id === 'string')
          outcome.undo.push({ kind: 'delete', at: change.at, id: change.body.id, body: {}, left: part.left.get(change.at) });
      }
    }
    outcome.faults.push(...part.faults.map((fault) => ({ row: fault.at, misfits: [], fault })));
    onProgress({ done: outcome.added + outcome.changed, failed: outcome.faults.length, total: rows.length });
  }
  outcome.stopped = signal.aborted;
  outcome.faults.sort((a, b) => a.row - b.row);
  return outcome;
}

async function prepare({ collection, rows, mapping, key }: ImportPlan, from: number, to: number) {
  const faults: RowFault[] = [];
  const bodies: { at: number; body: Record<string, unknown> }[] = [];
  for (let at = from; at < to; at++) {
    const row = rows[at];
    if (!row) continue;
    const { body, misfits } = toBody(row, mapping, collection);
    if (misfits.length > 0) faults.push({ row: at + 1, misfits });
    else bodies.push({ at: at + 1, body });
  }
  const known = key
    ? await existing(collection, key, [...new Set(bodies.map(({ body }) => String(body[key] ?? '')))].filter(Boolean))
    : new Map<string, RecordModel>();
  const before = new Map<string, Record<string, unknown>>();
  const changes = bodies.map(({ at, body }): Change => {
    const there = key ? known.get(String(body[key] ?? '')) : undefined;
    if (there) {
      before.set(there.id, Object.fromEntries(Object.keys(body).flatMap((name) => (name in there ? [[name, there[name]]] : []))));
      return { kind: 'update', at, id: there.id, body: { ...body, id: there.id } };
    }
    const id = body.id ?? newId(collection);
    return { kind: 'create', at, body: withPassword(collection, id === undefined ? body : { ...body, id }) };
  });
  return { changes, before, faults };
}

/** An account needs a password; one that the file does not give is made up, and the person asks for another by mail. */
function withPassword(collection: CollectionModel, body: Record<string, unknown>): Record<string, unknown> {
  if (collection.type !== 'auth' || body.password) return body;
  const password = `${crypto.randomUUID()}Aa1!`;
  return { ...body, password, passwordConfirm: password };
}

async function existing(collection: CollectionModel, key: string, values: string[]): Promise<Map<string, RecordModel>> {
  const found = new Map<string, RecordModel>();
  const type = collection.fields.find(({ name }) => name === key)?.type;
  const ask = async (part: string[]) => {
    const filter = part.map((value) => `${key} = ${type === 'number' ? value : JSON.stringify(value)}`).join(' || ');
    const { items } = await pb.collection(collection.name).getList<RecordModel>(1, 1000, { filter, skipTotal: true });
    for (const record of items) found.set(String(record[key]), record);
  };
  let part: string[] = [];
  let length = 0;
  for (const value of values) {
    const size = JSON.stringify(value).length + key.length + 8;
    if (part.length === 100 || length + size > 3000) {
      await ask(part);
      part = [];
      length = 0;
    }
    part.push(value);
    length += size;
  }
  if (part.length > 0) await ask(part);
  return found;
}

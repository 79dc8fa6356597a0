import { useQueryClient } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useCallback, useRef, useState } from 'react';
import { type BulkOutcome, type BulkProgress, type Change, runBulk } from '~/api/bulk';
import { dropUndo, keepUndo, type Lost, lastUndo, type UndoEntry, undoKey } from '~/api/undo';
import { recordsKey } from '../state/useRecords';
import type { Selection } from '../state/useSelection';
import { askUndo } from './askUndo';
import { allRecords, presentStates, recordsById } from './gather';
import { planUndo } from './undoPlan';

/** What is under way or was done last. */
export type BulkState =
  | { phase: 'gathering'; found: number }
  | { phase: 'running'; progress: BulkProgress }
  | { phase: 'done'; kind: UndoEntry['kind']; outcome: BulkOutcome }
  | { phase: 'undone'; outcome: BulkOutcome; kept: number }
  | { phase: 'failed'; error: unknown };

export type Plan = (records: RecordModel[]) => { changes: Change[]; undo: Change[] };

/** Actions on many records: what each was before is kept first, so that the last action can be taken back, also after the page was closed. */
export function useBulk(collection: CollectionModel, filter: string) {
  const client = useQueryClient();
  const [state, setState] = useState<BulkState | null>(null);
  const stopper = useRef(new AbortController());

  const finish = useCallback(() => {
    client.invalidateQueries({ queryKey: recordsKey(collection) });
    client.invalidateQueries({ queryKey: undoKey(collection.id) });
  }, [client, collection]);

  const act = useCallback(
    async (what: (signal: AbortSignal) => Promise<BulkState | null>) => {
      stopper.current = new AbortController();
      try {
        setState(await what(stopper.current.signal));
      } catch (error) {
        setState(stopper.current.signal.aborted ? null : { phase: 'failed', error });
      }
      finish();
    },
    [finish],
  );

  const run = useCallback(
    (selection: Selection, kind: 'update' | 'delete', lost: Lost[], fields: string, plan: Plan) =>
      act(async (signal) => {
        const records: RecordModel[] = [];
        setState({ phase: 'gathering', found: 0 });
        const pieces = selection.all ? allRecords(collection, filter, fields, signal) : recordsById(collection, [...selection.ids], fields, signal);
        for await (const piece of pieces) {
          for (const record of piece) records.push(record);
          setState({ phase: 'gathering', found: records.length });
        }
        const { changes, undo } = plan(records);
        const entry: UndoEntry = { collection: collection.id, kind, at: new Date().toISOString(), count: undo.length, lost, changes: undo };
        await keepUndo(entry);
        const outcome = await runBulk(collection, changes, { signal, onProgress: (progress) => setState({ phase: 'running', progress }) });
        const stored = new Set(outcome.done.map(({ at }) => at));
        const back = undo.filter(({ at }) => stored.has(at)).map((change) => ({ ...change, left: outcome.left.get(change.at) }));
        if (back.length === 0) await dropUndo(collection.id);
        else await keepUndo({ ...entry, count: back.length, changes: back });
        if (outcome.faults.length === 0 && !outcome.stopped) selection.clear();
        return { phase: 'done', kind, outcome };
      }),
    [act, collection, filter],
  );

  const undo = useCallback(
    () =>
      act(async (signal) => {
        const entry = await lastUndo(collection.id);
        if (!entry) return null;
        const plan = planUndo(entry.changes, await presentStates(collection, entry.changes, signal));
        const answer = await askUndo(plan);
        if (!answer) return null;
        const wanted = answer.changedToo ? [...plan.safe, ...plan.changed] : plan.safe;
        const outcome = await runBulk(collection, wanted, { signal, onProgress: (progress) => setState({ phase: 'running', progress }) });
        const done = new Set(outcome.done);
        // What was changed since and is to stay so is no part of the action any more.
        const left = wanted.filter((change) => !done.has(change));
        if (left.length === 0) await dropUndo(collection.id);
        else await keepUndo({ ...entry, count: left.length, changes: left });
        return { phase: 'undone', outcome, kept: answer.changedToo ? 0 : plan.changed.length };
      }),
    [act, collection],
  );

  return { state, run, undo, stop: useCallback(() => stopper.current.abort(), []), dismiss: useCallback(() => setState(null), []) };
}

import type { CollectionModel, RecordModel } from 'pocketbase';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type Problem, problemOf } from '~/api/errors';
import { queries } from '~/api/queries';
import { words } from '~/i18n';
import type { Draft } from '../model/drafts';
import { type Clash, merge } from '../model/merge';
import { isGone, readTagged, recordKey, store, type Tagged, wasChanged } from '../model/store';
import { type LargeFiles, largeFiles, uploadLarge } from '../model/uploads';
import { bodyOf, brokenJson, changedNames, editableFields, type Values, valuesOf } from '../model/values';

interface Held {
  before: Tagged | null;
  base: Values;
  values: Values;
}

/** What happens between storing and the answer. */
export interface Progress {
  share: number;
  /** The large file that is on its way; the form itself when there is none. */
  file?: string;
}

/** What a form begins with. */
export interface Beginning {
  collection: CollectionModel;
  /** Null for a new record. */
  before: Tagged | null;
  /** What is filled in already: a draft, or the copy of another record. */
  draft: Draft | null;
}

/** The state of the form of one record: values, what is changed, storing, and what others change meanwhile. */
export function useRecordForm({ collection, before, draft }: Beginning) {
  const fields = useMemo(() => editableFields(collection, before === null), [collection, before]);
  const [first] = useState(() => {
    const base = valuesOf(fields, before?.record ?? null);
    const known = Object.fromEntries(Object.entries(draft?.changes ?? {}).filter(([name]) => name in base));
    const earlier = { ...base, ...Object.fromEntries(Object.entries(draft?.base ?? {}).filter(([name]) => name in base)) };
    const merged = merge(earlier, { ...earlier, ...known }, base);
    return { held: { before, base, values: merged.values } satisfies Held, clashes: merged.clashes };
  });
  const [held, setHeld] = useState<Held>(first.held);
  const [clashes, setClashes] = useState<Clash[]>(first.clashes);
  const [taken, setTaken] = useState<string[]>([]);
  const [gone, setGone] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const now = useRef({ held, storing: false });
  now.current.held = held;

  const hold = useCallback((next: Held) => {
    now.current.held = next;
    setHeld(next);
  }, []);

  const set = useCallback(
    (name: string, value: unknown) => {
      hold({ ...now.current.held, values: { ...now.current.held.values, [name]: value } });
      setProblem((problem) => (problem && name in problem.fields ? { ...problem, fields: { ...problem.fields, [name]: '' } } : problem));
    },
    [hold],
  );

  /** Takes in what the server has now. Fields that were not touched here follow; the others are kept, and a clash is shown. */
  const arrive = useCallback(
    (latest: Tagged) => {
      const { base, values, before } = now.current.held;
      if (now.current.storing || latest === before || (latest.tag && latest.tag === before?.tag)) return;
      const theirs = valuesOf(fields, latest.record);
      const merged = merge(base, values, theirs);
      hold({ before: latest, base: theirs, values: merged.values });
      setTaken((known) => [...new Set([...known, ...merged.taken])]);
      setClashes((known) => [...known.filter(({ name }) => !merged.clashes.some((one) => one.name === name)), ...merged.clashes]);
    },
    [fields, hold],
  );

  const settle = useCallback(
    (name: string, choice: 'mine' | 'theirs') => {
      const clash = clashes.find((one) => one.name === name);
      if (clash && choice === 'theirs') set(name, clash.theirs);
      setClashes((known) => known.filter((one) => one.name !== name));
    },
    [clashes, set],
  );

  const changed = useMemo(() => changedNames(held.base, held.values), [held]);

  const isDirty = useCallback(() => changedNames(now.current.held.base, now.current.held.values).length > 0, []);

  const reset = useCallback(() => {
    hold({ ...now.current.held, values: now.current.held.base });
    setClashes([]);
    setProblem(null);
  }, [hold]);

  /** Stores what was changed. Gives the record, or null when that was not possible; `problem` or `clashes` say why. */
  const save = useCallback(async (): Promise<RecordModel | null> => {
    const { before, base, values } = now.current.held;
    if (now.current.storing) return null;
    const names = changedNames(base, values);
    const broken = brokenJson(fields, values, names);
    if (broken.length > 0) {
      const message = words.t('json.broken', { ns: 'editor' });
      setProblem({ message, status: 0, offline: false, fields: Object.fromEntries(broken.map((name) => [name, message])) });
      return null;
    }
    now.current.storing = true;
    setProblem(null);
    setProgress({ share: 0 });
    const large: LargeFiles = largeFiles(fields, values, names, before === null);
    try {
      let done = await store(collection, before, bodyOf(fields, values, names, new Set(large.map(({ file }) => file))), (share) =>
        setProgress({ share }),
      );
      const failed = await uploadLarge(collection, done.record.id, large, (file, share) => setProgress({ share, file: file.name }));
      if (large.length > 0) done = await readTagged(collection, done.record.id);
      const stored = valuesOf(fields, done.record);
      const typed = Object.keys(now.current.held.values).filter((name) => now.current.held.values[name] !== values[name]);
      const kept = Object.fromEntries(typed.map((name) => [name, now.current.held.values[name]]));
      const open = Object.fromEntries(failed.files.map(({ field, file }) => [field.name, [...(stored[field.name] as unknown[]), file]]));
      hold({ before: done, base: stored, values: { ...stored, ...open, ...kept } });
      setTaken([]);
      setClashes([]);
      queries.setQueryData(recordKey(collection.id, done.record.id), done);
      queries.invalidateQueries({ queryKey: ['records'] });
      if (failed.error) setProblem(problemOf(failed.error));
      return failed.error ? null : done.record;
    } catch (error) {
      now.current.storing = false;
      if (wasChanged(error) && before) {
        await readTagged(collection, before.record.id).then(arrive, (reason) => (isGone(reason) ? setGone(true) : setProblem(problemOf(reason))));
        setProblem({ message: words.t('conflict.refused', { ns: 'editor' }), status: 412, offline: false, fields: {} });
      } else if (isGone(error) && before) setGone(true);
      else setProblem(problemOf(error));
      return null;
    } finally {
      now.current.storing = false;
      setProgress(null);
    }
  }, [collection, fields, arrive, hold]);

  return { fields, ...held, changed, clashes, taken, gone, problem, progress, set, arrive, settle, reset, save, isDirty, setTaken };
}

export type RecordForm = ReturnType<typeof useRecordForm>;

import { useCallback, useEffect, useRef } from 'react';
import { dropDraft, keepDraft } from '../model/drafts';
import type { RecordForm } from './useRecordForm';

const pause = 400;

/** Keeps what is typed in this browser, a moment after each change. Gives back how to forget it. */
export function useKeptDraft(key: string, form: RecordForm, off: boolean): () => Promise<void> {
  const { fields, base, values, changed } = form;
  const kept = useRef(false);

  useEffect(() => {
    if (off) return;
    const secret = new Set(fields.filter(({ type }) => type === 'password').map(({ name }) => name));
    const names = changed.filter((name) => !secret.has(name));
    if (names.length === 0) {
      if (kept.current) dropDraft(key);
      kept.current = false;
      return;
    }
    const timer = setTimeout(() => {
      kept.current = true;
      const pick = (from: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, from[name]]));
      keepDraft(key, { changes: pick(values), base: pick(base), at: new Date().toISOString() });
    }, pause);
    return () => clearTimeout(timer);
  }, [key, off, fields, base, values, changed]);

  return useCallback(async () => {
    kept.current = false;
    if (!off) await dropDraft(key);
  }, [key, off]);
}

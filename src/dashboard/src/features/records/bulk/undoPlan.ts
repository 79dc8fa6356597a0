import type { Change } from '~/api/bulk';

/** What takes an action back, by what became of its records since. */
export interface UndoPlan {
  /** Records that are as the action left them, and those that it deleted. */
  safe: Change[];
  /** Records that were changed since, or of which that is not known. */
  changed: Change[];
  /** How many are gone: nothing is left to take back. */
  gone: number;
}

/** Tells them apart. `present` has, by their ids, what the records are like now. */
export function planUndo(changes: Change[], present: Map<string, string>): UndoPlan {
  const plan: UndoPlan = { safe: [], changed: [], gone: 0 };
  for (const change of changes) {
    const now = change.kind === 'create' ? undefined : present.get(change.id);
    if (change.kind === 'create') plan.safe.push(change);
    else if (now === undefined) plan.gone++;
    else (now === change.left ? plan.safe : plan.changed).push(change);
  }
  return plan;
}

/** How many records a plan removes, sets back and makes anew. */
export const countsOf = (changes: Change[]) => ({
  removed: changes.filter(({ kind }) => kind === 'delete').length,
  restored: changes.filter(({ kind }) => kind === 'update').length,
  remade: changes.filter(({ kind }) => kind === 'create').length,
});

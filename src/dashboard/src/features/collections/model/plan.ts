import { pb } from '~/api/client';
import { bodyOf, type Draft } from './draft';

/** One thing that a change of the schema does. */
export interface PlanStep {
  action: string;
  collection: string;
  description: string;
  /** Records that are touched. */
  rows: number;
  /** Values or records that would be gone. */
  loses: number;
}

/** What a change of the schema would do (`?plan=true`). */
export interface Plan {
  loses: boolean;
  steps: PlanStep[];
}

/** What saving a draft would do. */
export const planOf = (draft: Draft) =>
  pb.send<Plan>(draft.id ? `/api/collections/${draft.id}` : '/api/collections', {
    method: draft.id ? 'PATCH' : 'POST',
    body: bodyOf(draft),
    query: { plan: true },
  });

/** What removing a collection would do. */
export const planOfRemoval = (id: string) => pb.send<Plan>(`/api/collections/${id}`, { method: 'DELETE', query: { plan: true } });

/** What an import of collections would do. */
export const planOfImport = (collections: unknown[], deleteMissing: boolean) =>
  pb.send<Plan>('/api/collections/import', { method: 'PUT', body: { collections, deleteMissing }, query: { plan: true } });

/** Only rules and options change: nothing that has to be looked at before. */
export const isSimple = (plan: Plan) => !plan.loses && plan.steps.every(({ action, rows }) => action === 'saveDefinition' && rows === 0);

/** How long a change may take, from the records that it touches; other writes wait meanwhile. */
export function durationOf(plan: Plan): 'moment' | 'seconds' | 'minutes' {
  const rows = plan.steps.filter(({ action }) => action !== 'saveDefinition').reduce((sum, step) => sum + step.rows, 0);
  return rows < 100_000 ? 'moment' : rows < 5_000_000 ? 'seconds' : 'minutes';
}

import { useQuery } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { useMemo } from 'react';
import type { RuleOwner } from '~/api/rules';
import { bodyOf, type Draft } from '../model/draft';
import { triedView } from './tryView';

/** Whose rules the draft's are: the saved collection while its fields are untouched, else the draft itself, so that new fields can be used at once. */
export function useOwner(draft: Draft, saved: Draft): { owner: RuleOwner; collection: CollectionModel } {
  const isView = draft.type === 'view';
  const tried = useQuery({
    ...triedView(draft.viewQuery ?? ''),
    enabled: isView && draft.viewQuery !== saved.viewQuery && Boolean(draft.viewQuery?.trim()),
  });
  return useMemo(() => {
    const fields = isView ? (tried.data?.fields ?? saved.fields) : draft.fields;
    const collection = { ...draft, fields } as unknown as CollectionModel;
    const same = JSON.stringify(bodyOf({ ...saved, type: 'base' }).fields) === JSON.stringify(bodyOf({ ...draft, type: 'base' }).fields);
    if (saved.id && same && !(isView && tried.data)) return { owner: saved.id, collection };
    // The server finds the fields of a view when it is saved; until then a table with the same fields stands in.
    if (isView) return { owner: { name: `${draft.name}_draft`, type: 'base', fields: fields.map(({ name, type }) => ({ name, type })) }, collection };
    const { id, name, type, fields: sent } = bodyOf(draft);
    return { owner: { ...(id ? { id } : {}), name, type, fields: sent }, collection };
  }, [draft, saved, isView, tried.data]);
}

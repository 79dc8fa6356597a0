import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { allCollections } from '~/api/queries';
import { bodyOf, type Draft } from '../model/draft';
import { isSimple, type Plan, planOf } from '../model/plan';

/** Looks at what saving would do, shows it when it is more than rules and options, and saves. */
export function useSaving(draft: Draft, onSaved: (collection: CollectionModel) => void) {
  const client = useQueryClient();
  const [plan, setPlan] = useState<Plan>();

  const saving = useMutation({
    mutationFn: () => (draft.id ? pb.collections.update(draft.id, bodyOf(draft)) : pb.collections.create(bodyOf(draft))),
    onSuccess: (saved) => {
      // The page that follows finds it at once; the whole list is read again behind it.
      client.setQueryData(allCollections.queryKey, (all) => all && [...all.filter(({ id }) => id !== saved.id), saved]);
      client.removeQueries({ queryKey: ['rules'] });
      setPlan(undefined);
      onSaved(saved);
      return client.invalidateQueries({ queryKey: ['collections'] });
    },
    onError: () => setPlan(undefined),
  });

  const planning = useMutation({
    mutationFn: (_: { show: boolean }) => planOf(draft),
    onMutate: () => saving.reset(),
    onSuccess: (found, { show }) => (show || !isSimple(found) ? setPlan(found) : saving.mutate()),
  });

  const error = planning.error ?? saving.error;
  return {
    plan,
    busy: planning.isPending || saving.isPending,
    saving: saving.isPending,
    problem: error ? problemOf(error) : undefined,
    look: () => planning.mutate({ show: true }),
    save: () => planning.mutate({ show: false }),
    confirm: () => saving.mutate(),
    close: () => setPlan(undefined),
    forget: () => {
      planning.reset();
      saving.reset();
    },
  };
}

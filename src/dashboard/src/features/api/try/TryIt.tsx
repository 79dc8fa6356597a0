import { Button, Group, NumberInput, Stack, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tryRequest } from '~/api/tries';
import { confirm } from '~/ui/actions/confirm';
import { FilterInput } from '~/ui/rules/FilterInput';
import { ErrorState } from '~/ui/States';
import { bodyOf } from '../snippets/samples';
import { Answer } from './Answer';
import { AsWho, tokenOf, type Who } from './AsWho';
import { requestOf, type Triable, type Wanted } from './request';

const Body = lazy(() => import('./Body'));

/** Sends a real request as a guest, as an account, or, when chosen on purpose, as oneself, and shows what comes back. */
export function TryIt({ collection, action }: { collection: CollectionModel; action: Triable }) {
  const { t } = useTranslation('api');
  const [who, setWho] = useState<Who>({ as: 'guest' });
  const [wanted, setWanted] = useState<Wanted>(() => ({
    id: '',
    filter: '',
    sort: '',
    expand: '',
    perPage: 5,
    body: JSON.stringify(bodyOf(collection, action === 'update'), null, 2),
  }));
  const put = (change: Partial<Wanted>) => setWanted((now) => ({ ...now, ...change }));
  const trying = useMutation({
    mutationFn: async () => {
      const { path, options } = requestOf(action, collection, wanted);
      return tryRequest(path, options, await tokenOf(who), true);
    },
  });
  const one = action === 'view' || action === 'update' || action === 'delete';
  const missing = (one && !wanted.id) || (who.as === 'account' && !who.id);
  const run = async () => {
    const text = t('try.deleteText', { id: wanted.id, collection: collection.name });
    if (action === 'delete' && !(await confirm({ title: t('try.deleteTitle'), text, action: t('try.deleteAction') }))) return;
    trying.mutate();
  };
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('try.title')}
      </Title>
      <AsWho who={who} onChange={setWho} />
      <Group gap="sm" align="end">
        {one && (
          <TextInput label={t('try.id')} value={wanted.id} onChange={(event) => put({ id: event.currentTarget.value.trim() })} flex="1 1 180px" />
        )}
        {action === 'list' && (
          <>
            <div style={{ flex: '2 1 240px', minWidth: 0 }}>
              <FilterInput
                label={t('try.filter')}
                placeholder={t('try.filter')}
                value={wanted.filter}
                onChange={(filter) => put({ filter })}
                collection={collection.name}
              />
            </div>
            <TextInput
              aria-label={t('try.sort')}
              placeholder={t('try.sort')}
              value={wanted.sort}
              onChange={(event) => put({ sort: event.currentTarget.value })}
              flex="1 1 120px"
            />
            <NumberInput
              aria-label={t('try.perPage')}
              min={1}
              max={1000}
              value={wanted.perPage}
              onChange={(value) => put({ perPage: Number(value) || 1 })}
              w={80}
            />
          </>
        )}
        {(action === 'list' || action === 'view') && (
          <TextInput
            aria-label={t('try.expand')}
            placeholder={t('try.expand')}
            value={wanted.expand}
            onChange={(event) => put({ expand: event.currentTarget.value })}
            flex="1 1 120px"
          />
        )}
      </Group>
      {(action === 'create' || action === 'update') && (
        <Suspense fallback={null}>
          <Body value={wanted.body} label={t('try.body')} onChange={(body) => put({ body })} />
        </Suspense>
      )}
      <Group>
        <Button leftSection={<Play size={15} aria-hidden />} onClick={run} loading={trying.isPending} disabled={missing}>
          {t('try.send')}
        </Button>
      </Group>
      {trying.error && <ErrorState error={trying.error} />}
      {trying.data && <Answer tried={trying.data} />}
    </Stack>
  );
}

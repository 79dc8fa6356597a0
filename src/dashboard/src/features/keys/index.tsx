import { Alert, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountNames } from '~/api/accounts';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import { PageFrame } from '~/ui/PageFrame';
import { Pager } from '~/ui/Pager';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { Allowed, useAllow } from './Allowed';
import { KeyTable } from './KeyTable';
import { allowsKeys, keys } from './model';
import { NewKey } from './NewKey';

/** API keys of all accounts; new ones for the viewer's own. */
export function KeysPage() {
  const { t } = useTranslation('keys');
  const [page, setPage] = useState(1);
  const [making, setMaking] = useState(false);
  const found = useQuery(keys(page));
  const names = useQuery(
    accountNames(found.data?.items.map(({ collectionRef, recordRef }) => ({ collection: collectionRef, id: recordRef })) ?? []),
  ).data;
  const collections = useCollections();
  const own = collections?.find(({ name }) => name === pb.authStore.record?.collectionName);
  const allowed = own !== undefined && allowsKeys(own);
  const allow = useAllow();
  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)} disabled={!allowed}>
          {t('new.open')}
        </Button>
      }
    >
      {own && !allowed && (
        <Alert color="gray" variant="light" icon={<KeyRound aria-hidden />} title={t('off.title')}>
          <Stack gap="sm" align="start">
            {t('off.text', { collection: own.name })}
            <Button size="xs" variant="default" onClick={() => allow.mutate({ name: own.name, enabled: true })} loading={allow.isPending}>
              {t('off.action')}
            </Button>
          </Stack>
        </Alert>
      )}
      {found.isError ? (
        <ErrorState error={found.error} retry={() => found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : found.data.items.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('emptyTitle')} text={t('empty')} />
      ) : (
        <>
          <KeyTable keys={found.data.items} names={names} collections={collections ?? []} />
          <Pager page={page} pages={found.data.totalPages} total={found.data.totalItems} onPage={setPage} />
        </>
      )}
      <Allowed collections={collections ?? []} />
      {making && <NewKey collections={collections ?? []} onClose={() => setMaking(false)} />}
    </PageFrame>
  );
}

import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ScrollText, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { accountNames } from '~/api/accounts';
import { PageFrame } from '~/ui/PageFrame';
import { Pager } from '~/ui/Pager';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { Chain } from './Chain';
import { EntryTable } from './EntryTable';
import { actors, entries, groups } from './model';

/** Who did what, from where and when; nobody can change it unnoticed. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), 300);
  const [page, setPage] = useState(1);
  const [group, actor] = [params.get('about') ?? '', params.get('by') ?? ''];
  const found = useQuery(entries({ group, actor, search, page }));
  const refs = found.data?.items.flatMap((entry) => [
    { collection: entry.actorCollection, id: entry.actorId },
    { collection: entry.collection, id: entry.record },
  ]);
  const names = useQuery(accountNames(refs ?? [])).data;
  const choose = (key: 'about' | 'by', value: string | null) => {
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
    setPage(1);
  };
  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      <Chain />
      <Group gap="sm">
        <Select
          aria-label={t('about')}
          placeholder={t('everything')}
          clearable
          size="xs"
          value={group || null}
          onChange={(value) => choose('about', value)}
          data={groups.map((value) => ({ value, label: t(`groups.${value}`) }))}
        />
        <Select
          aria-label={t('by')}
          placeholder={t('anybody')}
          clearable
          size="xs"
          value={actor || null}
          onChange={(value) => choose('by', value)}
          data={actors.map((value) => ({ value, label: t(`actors.${value}`) }))}
        />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          size="xs"
          miw={240}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPage(1);
          }}
        />
      </Group>
      {found.isError ? (
        <ErrorState error={found.error} retry={() => found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : found.data.items.length === 0 ? (
        <EmptyState icon={ScrollText} title={t('emptyTitle')} text={t('empty')} />
      ) : (
        <>
          <EntryTable entries={found.data.items} names={names} />
          <Pager page={page} pages={found.data.totalPages} total={found.data.totalItems} onPage={setPage} />
        </>
      )}
    </PageFrame>
  );
}

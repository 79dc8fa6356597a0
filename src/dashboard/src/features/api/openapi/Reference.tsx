import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ErrorState, Loading } from '~/ui/States';
import { apiDocument, groupsOf, searched } from './document';
import { OperationRow } from './OperationRow';

/** Every address of the server, from the document that it makes of its schema; searchable. */
export function Reference() {
  const { t } = useTranslation('api');
  const { data, error, refetch } = useQuery(apiDocument);
  const [search, setSearch] = useSearchParams();
  const text = search.get('search') ?? '';
  const wanted = useDeferredValue(text);
  const groups = useMemo(() => data && groupsOf(data), [data]);
  if (error) return <ErrorState error={error} retry={() => refetch()} />;
  if (!data || !groups) return <Loading />;
  const found = searched(groups, wanted);
  return (
    <Stack gap="lg">
      <TextInput
        aria-label={t('openapi.search')}
        placeholder={t('openapi.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={text}
        maw={480}
        onChange={(event) => {
          const value = event.currentTarget.value;
          setSearch(value ? { show: 'all', search: value } : { show: 'all' }, { replace: true });
        }}
      />
      {found.length === 0 && <Text>{t('openapi.nothing')}</Text>}
      {found.map(([tag, operations]) => (
        <section key={tag}>
          <Title order={2} size="h4" mb={4}>
            {tag}
          </Title>
          {operations.map((operation) => (
            <OperationRow key={`${operation.method} ${operation.path}`} operation={operation} document={data} />
          ))}
        </section>
      ))}
    </Stack>
  );
}

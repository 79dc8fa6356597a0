import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { allCollections } from '~/api/queries';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { Records } from './Records';

/** The records of the collection that the address names. */
export function RecordsPage() {
  const { t } = useTranslation('records');
  const { name = '' } = useParams();
  const { data: collections, error, refetch } = useQuery(allCollections);
  if (!collections) return error ? <ErrorState error={error} retry={refetch} /> : <Loading />;
  const collection = collections.find((one) => one.name === name || one.id === name);
  if (collection) return <Records key={collection.id} collection={collection} collections={collections} />;
  return (
    <EmptyState icon={Table2} title={t('missing.title', { name })} text={t('missing.text')}>
      <Button component={Link} to="/collections">
        {t('missing.action')}
      </Button>
    </EmptyState>
  );
}

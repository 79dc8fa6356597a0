import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Database, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { allCollections } from '~/api/queries';
import { PageFrame } from '~/ui/PageFrame';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { CollectionMenu } from '../list/CollectionMenu';
import { draftOf } from '../model/draft';
import { CollectionEditor } from './CollectionEditor';

/** The definition of the collection that the address names. */
export function EditCollectionPage() {
  const { t } = useTranslation('collections');
  const { name = '' } = useParams();
  const navigate = useNavigate();
  const { data: collections, error, refetch } = useQuery(allCollections);
  const collection = collections?.find((one) => one.name === name || one.id === name);
  const start = useMemo(() => collection && draftOf(collection), [collection]);
  if (!collections) return error ? <ErrorState error={error} retry={refetch} /> : <Loading />;
  if (!collection || !start) {
    return (
      <EmptyState icon={Database} title={t('missing.title', { name })} text={t('missing.text')}>
        <Button component={Link} to="/collections">
          {t('missing.action')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <PageFrame
      title={collection.name}
      hint={
        <>
          <Badge variant="default" mr={8}>
            {t(`types.${collection.type as 'base'}`)}
          </Badge>
          {t(`typeHints.${collection.type as 'base'}`)}
        </>
      }
      actions={
        <>
          <Button component={Link} to={`/collections/${collection.name}`} variant="default" leftSection={<Table2 size={16} aria-hidden />}>
            {t('records')}
          </Button>
          <CollectionMenu collection={collection} onGone={() => navigate('/collections')} />
        </>
      }
    >
      <CollectionEditor key={collection.id} start={start} current={collection} />
    </PageFrame>
  );
}

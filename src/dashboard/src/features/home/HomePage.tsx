import { Button, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { allCollections } from '~/api/queries';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { Here } from './Here';
import { Today } from './Today';
import { Well } from './Well';

/** What somebody wants to know who only looks in: what is here, what went on, is all well. */
export function HomePage() {
  const { t } = useTranslation('home');
  const collections = useQuery(allCollections);

  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <Button component={Link} to="/welcome" variant="default" leftSection={<Sparkles size={16} aria-hidden />}>
            {t('begin')}
          </Button>
          <Button component={Link} to="/collections/new" leftSection={<Plus size={16} aria-hidden />}>
            {t('newCollection')}
          </Button>
        </>
      }
    >
      {collections.isError && <ErrorState error={collections.error} retry={() => collections.refetch()} />}
      {collections.isPending && <Loading />}
      {collections.data && (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Well />
            <Today collections={collections.data} />
          </SimpleGrid>
          <Here collections={collections.data} />
        </Stack>
      )}
    </PageFrame>
  );
}

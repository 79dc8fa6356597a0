import { Button, Paper, SegmentedControl, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useCollections } from '~/api/queries';
import { saveFile } from '~/ui/actions/saveFile';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import classes from './api.module.css';
import { apiDocument } from './openapi/document';
import { Reference } from './openapi/Reference';
import { actionsOf } from './snippets';

export { CollectionApiPage } from './CollectionApi';

/** The API: of each collection, and every address of the server. */
export function ApiPage() {
  const { t } = useTranslation('api');
  const [search, setSearch] = useSearchParams();
  const known = useQueryClient();
  const save = useMutation({
    mutationFn: async () =>
      saveFile('openapi.json', new Blob([JSON.stringify(await known.ensureQueryData(apiDocument), null, 2)], { type: 'application/json' })),
  });
  const show = search.get('show') === 'all' ? 'all' : 'collections';
  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <Button onClick={() => save.mutate()} loading={save.isPending} variant="default" leftSection={<Download size={16} aria-hidden />}>
          OpenAPI
        </Button>
      }
    >
      <Stack gap="lg">
        {save.error && <ErrorState error={save.error} />}
        <SegmentedControl
          className={classes.actions}
          aria-label={t('show.label')}
          value={show}
          onChange={(value) => setSearch(value === 'all' ? { show: 'all' } : {}, { replace: true })}
          data={[
            { value: 'collections', label: t('show.collections') },
            { value: 'all', label: t('show.all') },
          ]}
        />
        {show === 'all' ? <Reference /> : <Collections />}
      </Stack>
    </PageFrame>
  );
}

function Collections() {
  const { t } = useTranslation('api');
  const collections = useCollections();
  const [system, setSystem] = useState(false);
  if (!collections) return <Loading />;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {collections
          .filter((collection) => system || !collection.system)
          .map((collection) => (
            <Paper
              key={collection.id}
              withBorder
              p="md"
              component={Link}
              to={`/collections/${encodeURIComponent(collection.name)}/api`}
              className={classes.collection}
            >
              <Text fw={600}>{collection.name}</Text>
              <Text size="sm" c="dimmed">
                {actionsOf(collection)
                  .map((action) => t(`actions.${action}`))
                  .join(' · ')}
              </Text>
            </Paper>
          ))}
      </SimpleGrid>
      <Switch label={t('system')} checked={system} onChange={(event) => setSystem(event.currentTarget.checked)} />
    </Stack>
  );
}

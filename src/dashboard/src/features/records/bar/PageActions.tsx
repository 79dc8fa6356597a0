import { Button } from '@mantine/core';
import { Blocks, Plus, Settings2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** What can be done with the collection: change it, see its API, add a record. */
export function PageActions({ collection, onNew }: { collection: CollectionModel; onNew: () => void }) {
  const { t } = useTranslation('records');
  const path = `/collections/${encodeURIComponent(collection.name)}`;
  return (
    <>
      <Button variant="default" component={Link} to={`${path}/edit`} leftSection={<Settings2 size={16} aria-hidden />}>
        {t('actions.schema')}
      </Button>
      <Button variant="default" component={Link} to={`${path}/api`} leftSection={<Blocks size={16} aria-hidden />}>
        {t('actions.api')}
      </Button>
      {collection.type !== 'view' && (
        <Button onClick={onNew} leftSection={<Plus size={16} aria-hidden />}>
          {t('actions.add')}
        </Button>
      )}
    </>
  );
}

import { ActionIcon, Button, Menu } from '@mantine/core';
import { Blocks, Download, Ellipsis, FileUp, Plus, Settings2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSchemaHidden } from '~/api/settings';

interface PageActionsProps {
  collection: CollectionModel;
  onNew: () => void;
  onImport: () => void;
  onExport: () => void;
}

/** What can be done with the collection: change it, see its API, add a record. */
export function PageActions({ collection, onNew, onImport, onExport }: PageActionsProps) {
  const { t } = useTranslation('records');
  const hidden = useSchemaHidden();
  const path = `/collections/${encodeURIComponent(collection.name)}`;
  return (
    <>
      {!hidden && (
        <Button variant="default" component={Link} to={`${path}/edit`} leftSection={<Settings2 size={16} aria-hidden />}>
          {t('actions.schema')}
        </Button>
      )}
      <Button variant="default" component={Link} to={`${path}/api`} leftSection={<Blocks size={16} aria-hidden />}>
        {t('actions.api')}
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('actions.more')}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {collection.type !== 'view' && (
            <Menu.Item leftSection={<FileUp size={16} aria-hidden />} onClick={onImport}>
              {t('actions.import')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Download size={16} aria-hidden />} onClick={onExport}>
            {t('actions.export')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {collection.type !== 'view' && (
        <Button onClick={onNew} leftSection={<Plus size={16} aria-hidden />}>
          {t('actions.add')}
        </Button>
      )}
    </>
  );
}

import { Button, Menu } from '@mantine/core';
import { Bookmark, BookmarkPlus, Save, Trash2 } from 'lucide-react';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '~/ui/actions/confirm';
import type { GridAddress } from '../state/address';
import { useViews, viewAddress, viewText } from '../state/views';
import { SaveView } from './SaveView';

interface ViewsMenuProps {
  collection: CollectionModel;
  address: GridAddress;
  columns: CollectionField[];
  onOpen: (address: GridAddress) => void;
}

/** Opens a saved view, or saves what is shown as one. */
export function ViewsMenu({ collection, address, columns, onOpen }: ViewsMenuProps) {
  const { t } = useTranslation('records');
  const { views, add, change, remove } = useViews(collection);
  const [saving, setSaving] = useState(false);
  if (!views) return null;
  const current = views.find(({ id }) => id === address.view);
  const shown = { ...address, columns: columns.map(({ name }) => name) };
  const changed = current !== undefined && viewText(viewAddress(current)) !== viewText(shown);
  const forget = async () => {
    if (
      !current ||
      !(await confirm({ title: t('views.removeTitle', { name: current.name }), text: t('views.removeText'), action: t('views.remove') }))
    )
      return;
    await remove.mutateAsync(current.id);
    onOpen({ ...address, view: null });
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <Button variant={current ? 'light' : 'default'} leftSection={<Bookmark size={16} aria-hidden />}>
            {current ? `${current.name}${changed ? ' *' : ''}` : t('views.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length > 0 && <Menu.Label>{t('views.saved')}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={<Bookmark size={16} aria-hidden fill={view.id === current?.id ? 'currentColor' : 'none'} />}
              onClick={() => onOpen(viewAddress(view))}
            >
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          {current && changed && (
            <Menu.Item leftSection={<Save size={16} aria-hidden />} onClick={() => change.mutate({ id: current.id, address: shown })}>
              {t('views.keep', { name: current.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<BookmarkPlus size={16} aria-hidden />} onClick={() => setSaving(true)}>
            {t('views.add')}
          </Menu.Item>
          {current && (
            <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={forget}>
              {t('views.removeNamed', { name: current.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <SaveView
          onClose={() => setSaving(false)}
          onSave={async (name) => {
            const made = await add.mutateAsync({ name, address: shown });
            onOpen({ ...shown, view: made.id });
          }}
        />
      )}
    </>
  );
}

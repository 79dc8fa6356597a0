import { ActionIcon, Anchor, Box, Group, Menu, Tabs, Text, Title, Tooltip } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Copy, Ellipsis, Link2, Maximize2, Trash2, UsersRound, X } from 'lucide-react';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { displayText } from '~/api/display';
import { CopyButton } from '~/ui/actions/CopyButton';
import { deleteRecord } from '../about/deleteRecord';
import { tabsOf } from '../about/tabsOf';
import classes from './form.module.css';
import { useOthers } from './useOthers';

interface Head {
  collection: CollectionModel;
  record: RecordModel | null;
  place: 'panel' | 'nested' | 'page';
  gone: boolean;
  onClose: () => void;
  onDeleted: () => void;
  onDuplicate: () => void;
}

/** What record this is, and what can be done with it besides editing. */
export function Header({ collection, record, place, gone, onClose, onDeleted, onDuplicate }: Head) {
  const { t } = useTranslation('editor');
  const title = record ? displayText(record, collection) : t('new');
  const page = `/collections/${encodeURIComponent(collection.name)}/records/${record?.id}`;
  const writable = collection.type !== 'view';
  const others = useOthers(collection, record?.id);
  const tabs = record ? tabsOf(collection) : [];
  return (
    <Box className={classes.head} data-plain={tabs.length < 2 || undefined}>
      {place === 'page' && <PageTitle text={title} />}
      <Group justify="space-between" wrap="nowrap" align="start" mb={tabs.length > 1 ? 4 : 0}>
        <Box miw={0}>
          <Text size="xs" c="dimmed">
            <Anchor component={Link} to={`/collections/${encodeURIComponent(collection.name)}`} inherit c="inherit">
              {collection.name}
            </Anchor>
          </Text>
          <Title order={place === 'page' ? 1 : 2} size="h4" lineClamp={2} dir="auto">
            {title}
          </Title>
          {record && (
            <Group gap={2}>
              <Text size="xs" c="dimmed" ff="monospace">
                {record.id}
              </Text>
              <CopyButton value={record.id} label={t('menu.copyId')} />
              <Group gap={6} role="status" wrap="nowrap" miw={0}>
                {others.length > 0 && (
                  <>
                    <UsersRound size={14} aria-hidden />
                    <Text size="xs" truncate>
                      {t('others', { names: others.join(', ') })}
                    </Text>
                  </>
                )}
              </Group>
            </Group>
          )}
        </Box>
        <Group gap={4} wrap="nowrap">
          {record && place !== 'page' && (
            <Tooltip label={t('menu.page')}>
              <ActionIcon component={Link} to={page} variant="subtle" color="gray" aria-label={t('menu.page')}>
                <Maximize2 size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          {record && !gone && (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('menu.more')}>
                  <Ellipsis size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {writable && (
                  <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={onDuplicate}>
                    {t('menu.duplicate')}
                  </Menu.Item>
                )}
                <Menu.Item
                  leftSection={<Link2 size={15} aria-hidden />}
                  onClick={() => navigator.clipboard.writeText(`${location.origin}${location.pathname}#${page}`)}
                >
                  {t('menu.copyLink')}
                </Menu.Item>
                {writable && (
                  <>
                    <Menu.Divider />
                    <Menu.Item
                      color="red"
                      leftSection={<Trash2 size={15} aria-hidden />}
                      onClick={async () => (await deleteRecord(collection, record)) && onDeleted()}
                    >
                      {t('menu.delete')}
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
          <Tooltip label={t('close')}>
            <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('close')}>
              <X size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {tabs.length > 1 && (
        <Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      )}
    </Box>
  );
}

function PageTitle({ text }: { text: string }) {
  useDocumentTitle(`${text} · Hearth`);
  return null;
}

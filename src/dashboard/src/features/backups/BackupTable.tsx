import { ActionIcon, Badge, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import { Download, History, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { confirm } from '~/ui/actions/confirm';
import { useAct } from '~/ui/actions/useAct';
import { bytesText } from '~/ui/texts/formats';
import { TimeText } from '~/ui/texts/TimeText';
import { type Backup, download, originOf } from './model';

/** The backups that are there, with what can be done with each. */
export function BackupTable({ backups, onRestore }: { backups: Backup[]; onRestore: (key: string) => void }) {
  const { t, i18n } = useTranslation('backups');
  const remove = useAct({ do: (key: string) => pb.backups.delete(key), done: (_, key) => t('removed', { key }), refresh: [['backups']] });
  const fetchOne = useAct({ do: download });
  const ask = async (key: string) => {
    if (await confirm({ title: t('remove.title'), text: t('remove.text', { key }), action: t('remove.action') })) remove.mutate(key);
  };
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columns.name')}</Table.Th>
            <Table.Th>{t('columns.taken')}</Table.Th>
            <Table.Th ta="right">{t('columns.size')}</Table.Th>
            <Table.Th ta="right">{t('columns.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.map(({ key, size, modified }) => (
            <Table.Tr key={key}>
              <Table.Td>
                <Group gap="xs">
                  <Text span size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {key}
                  </Text>
                  {originOf(key) === 'auto' && <Badge variant="default">{t('auto')}</Badge>}
                </Group>
              </Table.Td>
              <Table.Td>
                <TimeText value={modified} size="sm" />
              </Table.Td>
              <Table.Td ta="right">{bytesText(size, i18n.language)}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="end" wrap="nowrap">
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<History size={14} aria-hidden />}
                    onClick={() => onRestore(key)}
                    aria-label={t('restore.of', { key })}
                  >
                    {t('restore.short')}
                  </Button>
                  <Tooltip label={t('download', { key })}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('download', { key })}
                      loading={fetchOne.isPending && fetchOne.variables === key}
                      onClick={() => fetchOne.mutate(key)}
                    >
                      <Download size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label={t('remove.of', { key })}>
                    <ActionIcon variant="subtle" color="gray" aria-label={t('remove.of', { key })} onClick={() => ask(key)}>
                      <Trash2 size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

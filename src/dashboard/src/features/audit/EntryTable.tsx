import { ActionIcon, Stack, Table, Text } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountName } from '~/api/accounts';
import { AccountText } from '~/ui/texts/AccountText';
import { TimeText } from '~/ui/texts/TimeText';
import { actionText } from './actions';
import { EntryDetails } from './EntryDetails';
import type { Entry } from './model';

/** Entries of the log; each opens to what was changed. */
export function EntryTable({ entries, names }: { entries: Entry[]; names: Map<string, AccountName> | undefined }) {
  const { t } = useTranslation('audit');
  const [open, setOpen] = useState<string>();
  return (
    <Table.ScrollContainer minWidth={780}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44} aria-label={t('columns.more')} />
            {(['when', 'what', 'who', 'where'] as const).map((column) => (
              <Table.Th key={column}>{t(`columns.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => {
            const opened = entry.id === open;
            return (
              <Fragment key={entry.id}>
                <Table.Tr>
                  <Table.Td>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-expanded={opened}
                      aria-label={t('more', { action: entry.action })}
                      onClick={() => setOpen(opened ? undefined : entry.id)}
                    >
                      {opened ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
                    </ActionIcon>
                  </Table.Td>
                  <Table.Td>
                    <TimeText value={entry.created} size="sm" seconds />
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{actionText(entry.action, t)}</Text>
                    <About entry={entry} names={names} />
                  </Table.Td>
                  <Table.Td>
                    {entry.actorId ? (
                      <AccountText id={entry.actorId} collection={entry.actorCollection} names={names} />
                    ) : (
                      <Text size="sm">{t(`actors.${entry.actor}`)}</Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                      {entry.ip || '–'}
                    </Text>
                  </Table.Td>
                </Table.Tr>
                {opened && (
                  <Table.Tr>
                    <Table.Td />
                    <Table.Td colSpan={4}>
                      <EntryDetails entry={entry} />
                    </Table.Td>
                  </Table.Tr>
                )}
              </Fragment>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What the entry is about, in short. */
function About({ entry, names }: { entry: Entry; names: Map<string, AccountName> | undefined }) {
  if (entry.record) return <AccountText id={entry.record} collection={entry.collection} names={names} />;
  const about = entry.collection || [entry.data.backup, entry.data.job, entry.data.name].find((text) => typeof text === 'string');
  return about ? (
    <Stack gap={0}>
      <Text size="xs" c="dimmed" dir="auto">
        {String(about)}
      </Text>
    </Stack>
  ) : null;
}

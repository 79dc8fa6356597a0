import { Table, Text } from '@mantine/core';
import { Route } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LogEntry } from '~/api/journeys';
import { millisecondsText } from '~/ui/texts/formats';
import { MethodText } from '~/ui/texts/MethodText';
import { StatusText } from '~/ui/texts/StatusText';
import classes from './EntryTable.module.css';
import { slowMs } from './filter';
import { Moment } from './Moment';
import { pathOf } from './path';

/** Entries of the log; each opens its journey. Those that came since the last look are marked for a moment. */
export function EntryTable({ entries }: { entries: LogEntry[] }) {
  const { t } = useTranslation('logs');
  const newest = useRef<string>(undefined);
  const before = newest.current;
  useEffect(() => {
    newest.current = entries[0]?.created;
  }, [entries]);

  return (
    <Table className={classes.table} verticalSpacing={6} horizontalSpacing="sm" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('columns.time')}</Table.Th>
          <Table.Th>{t('columns.request')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('columns.who')}</Table.Th>
          <Table.Th>{t('columns.status')}</Table.Th>
          <Table.Th ta="end">{t('columns.took')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} fresh={before !== undefined && entry.created > before} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ entry, fresh }: { entry: LogEntry; fresh: boolean }) {
  const { t, i18n } = useTranslation('logs');
  const { method, url, status, execTime, auth, journey, error } = entry.data;
  return (
    <Table.Tr className={classes.row} data-fresh={fresh || undefined}>
      <Table.Td className={classes.time}>
        <Moment value={entry.created} />
      </Table.Td>
      <Table.Td className={classes.request}>
        <Link to={`/logs/${entry.id}`} className={classes.link}>
          {method && <MethodText method={method} />}{' '}
          <span className={classes.path} dir="auto">
            {method ? pathOf(url ?? '') : entry.message}
          </span>
        </Link>
        {error && (
          <Text size="xs" c="dimmed" truncate>
            {error}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm" className={classes.who}>
        {method ? auth || <span className={classes.guest}>{t('guest')}</span> : t('server')}
      </Table.Td>
      <Table.Td>{status ? <StatusText status={status} /> : null}</Table.Td>
      <Table.Td className={classes.took} data-slow={(execTime ?? 0) >= slowMs || undefined}>
        {journey && <Route size={14} aria-label={t('hasJourney')} className={classes.journey} />}
        {execTime !== undefined && millisecondsText(execTime, i18n.language)}
      </Table.Td>
    </Table.Tr>
  );
}

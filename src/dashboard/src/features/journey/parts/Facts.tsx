import { Paper, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '~/api/journeys';
import { CopyButton } from '~/ui/actions/CopyButton';
import { millisecondsText } from '~/ui/texts/formats';
import { StatusText } from '~/ui/texts/StatusText';
import { TimeText } from '~/ui/texts/TimeText';
import classes from './Facts.module.css';

/** All that the log knows of a request, as it stands there. */
export function Facts({ entry }: { entry: LogEntry }) {
  const { t, i18n } = useTranslation('journey');
  const { method, url, status, execTime, auth, authId, userIP, remoteIP, userAgent, referer, error, details, journey } = entry.data;
  const rows: [string, React.ReactNode][] = [
    [t('facts.created'), <TimeText key="created" value={entry.created} seconds size="sm" />],
    [t('facts.address'), method ? `${method} ${url}` : entry.message],
    [t('facts.status'), status ? <StatusText key="status" status={status} /> : ''],
    [t('facts.took'), execTime === undefined ? '' : millisecondsText(execTime, i18n.language)],
    [t('facts.auth'), method ? [auth || t('facts.guest'), authId].filter(Boolean).join(' · ') : ''],
    [t('facts.ip'), [...new Set([userIP, remoteIP].filter(Boolean))].join(' · ')],
    [t('facts.agent'), userAgent],
    [t('facts.referer'), referer],
    [t('facts.error'), error],
    [t('facts.details'), details],
    [t('facts.engine'), journey && { sqlite: 'SQLite', postgres: 'PostgreSQL' }[journey.engine]],
    [t('facts.node'), journey?.node],
    [t('facts.entry'), entry.id],
  ];
  return (
    <Paper withBorder p="lg">
      <div className={classes.head}>
        <Title order={2} size="h4">
          {t('facts.title')}
        </Title>
        <CopyButton value={JSON.stringify(entry, null, 2)} />
      </div>
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4} className={classes.facts}>
        <Table.Tbody>
          {rows
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th>{name}</Table.Th>
                <Table.Td dir="auto">{value}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

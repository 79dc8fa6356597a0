import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { CircleCheck, Download, TriangleAlert } from 'lucide-react';
import Papa from 'papaparse';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { saveFile } from '~/ui/actions/saveFile';
import type { Row } from './convert';
import type { ImportOutcome, RowFault } from './run';

/** The last step: what came, and which rows did not, with the reason. */
export function Result({
  outcome,
  rows,
  collection,
  onDone,
}: {
  outcome: ImportOutcome;
  rows: Row[];
  collection: CollectionModel;
  onDone: () => void;
}) {
  const { t, i18n } = useTranslation('records');
  const number = new Intl.NumberFormat(i18n.language);
  const reasons = ({ misfits, fault }: RowFault): string[] => {
    if (!fault) return misfits.map(({ field, why, value }) => `${field}: ${t(`import.why.${why}`, { value })}`);
    const fields = Object.entries(fault.problem.fields).map(([name, text]) => `${name}: ${text}`);
    return fields.length > 0 ? fields : [fault.problem.message];
  };
  const download = () => {
    const lines = outcome.faults.map((fault) => ({ ...rows[fault.row - 1], _error: reasons(fault).join('; ') }));
    saveFile(`${collection.name}-not-imported.csv`, new Blob([Papa.unparse(lines)], { type: 'text/csv' }));
  };
  return (
    <Stack>
      <Alert
        color={outcome.faults.length > 0 || outcome.stopped ? 'yellow' : 'green'}
        variant="light"
        icon={outcome.faults.length > 0 || outcome.stopped ? <TriangleAlert aria-hidden /> : <CircleCheck aria-hidden />}
        role="status"
        title={outcome.stopped ? t('import.stopped') : t('import.done')}
      >
        {t('import.sums', {
          added: number.format(outcome.added),
          changed: number.format(outcome.changed),
          failed: number.format(outcome.faults.length),
        })}
      </Alert>
      {outcome.faults.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              {t('import.notImported')}
            </Text>
            <Button variant="default" size="xs" leftSection={<Download size={14} aria-hidden />} onClick={download}>
              {t('import.downloadFaults')}
            </Button>
          </Group>
          <Table.ScrollContainer minWidth={300} mah={300}>
            <Table verticalSpacing={4} stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={90}>{t('import.row')}</Table.Th>
                  <Table.Th>{t('import.reason')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {outcome.faults.slice(0, 100).map((fault) => (
                  <Table.Tr key={fault.row}>
                    <Table.Td>{number.format(fault.row)}</Table.Td>
                    <Table.Td dir="auto">{reasons(fault).join('; ')}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {outcome.faults.length > 100 && (
            <Text size="sm" c="dimmed">
              {t('import.moreFaults', { more: number.format(outcome.faults.length - 100) })}
            </Text>
          )}
        </>
      )}
      <Group justify="end">
        <Button onClick={onDone}>{t('import.finish')}</Button>
      </Group>
    </Stack>
  );
}

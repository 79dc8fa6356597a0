import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { ArrowRight, TriangleAlert } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fillable, type Mapping, type Row, toBody } from './convert';
import { Preview } from './Preview';
import type { Parsed } from './parse';

interface MapColumnsProps {
  collection: CollectionModel;
  parsed: Parsed;
  guessed: Mapping;
  onBack?: () => void;
  onStart: (mapping: Mapping, key: string | null) => void;
}

const looked = 1000;

/** The second step: which column goes into which field, and how the first rows will look. */
export function MapColumns({ collection, parsed, guessed, onBack, onStart }: MapColumnsProps) {
  const { t, i18n } = useTranslation('records');
  const [mapping, setMapping] = useState(guessed);
  const [key, setKey] = useState<string | null>(guessed.id ? 'id' : null);
  const fields = fillable(collection);
  const taken = new Set(Object.values(mapping));
  const number = new Intl.NumberFormat(i18n.language);
  const first = useMemo(() => parsed.rows.slice(0, looked).map((row) => toBody(row, mapping, collection)), [parsed, mapping, collection]);
  const bad = first.filter(({ misfits }) => misfits.length > 0).length;
  const missing = fields.filter(
    ({ name, required, autogeneratePattern, type }) => required && !taken.has(name) && !autogeneratePattern && type !== 'password',
  );

  const choose = (column: string, field: string | null) => {
    const { [column]: _, ...rest } = mapping;
    const next = field ? { ...rest, [column]: field } : rest;
    setMapping(next);
    if (key && !Object.values(next).includes(key)) setKey(null);
  };

  return (
    <Stack>
      <Text size="sm">{t('import.found', { rows: number.format(parsed.rows.length), columns: number.format(parsed.columns.length) })}</Text>
      <Table.ScrollContainer minWidth={420} mah={300}>
        <Table verticalSpacing={4} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.example')}</Table.Th>
              <Table.Th w={220}>{t('import.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parsed.columns.map((column) => (
              <Table.Tr key={column}>
                <Table.Td fw={500} dir="auto">
                  {column}
                </Table.Td>
                <Table.Td c="dimmed" fz="sm" dir="auto">
                  {example(parsed.rows, column)}
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    data={fields.filter(({ name }) => !taken.has(name) || mapping[column] === name).map(({ name }) => name)}
                    value={mapping[column] ?? null}
                    onChange={(field) => choose(column, field)}
                    placeholder={t('import.leaveOut')}
                    clearable
                    searchable
                    aria-label={t('import.fieldOf', { column })}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Select
        label={t('import.key')}
        description={t('import.keyHint')}
        data={[...taken].filter((name) => name !== 'password')}
        value={key}
        onChange={setKey}
        placeholder={t('import.noKey')}
        clearable
        maw={420}
      />
      {missing.length > 0 && !key && (
        <Alert color="yellow" variant="light" icon={<TriangleAlert aria-hidden />}>
          {t('import.missing', { fields: missing.map(({ name }) => name).join(', ') })}
        </Alert>
      )}
      {bad > 0 && (
        <Alert color="yellow" variant="light" icon={<TriangleAlert aria-hidden />}>
          {t('import.misfits', { bad: number.format(bad), looked: number.format(first.length) })}
        </Alert>
      )}
      {taken.size > 0 && <Preview rows={first.slice(0, 5)} fields={[...taken]} />}
      <Group justify="end">
        {onBack && (
          <Button variant="default" onClick={onBack}>
            {t('import.other')}
          </Button>
        )}
        <Button disabled={taken.size === 0} onClick={() => onStart(mapping, key)} rightSection={<ArrowRight size={16} aria-hidden />}>
          {t('import.start', { count: parsed.rows.length, rows: number.format(parsed.rows.length) })}
        </Button>
      </Group>
    </Stack>
  );
}

function example(rows: Row[], column: string): string {
  const value = rows
    .slice(0, 50)
    .map((row) => row[column])
    .find((one) => one !== '' && one !== null && one !== undefined);
  const text = typeof value === 'string' ? value : value === undefined ? '' : (JSON.stringify(value) ?? '');
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}

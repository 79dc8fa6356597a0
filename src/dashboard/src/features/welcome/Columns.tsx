import { Checkbox, Select, Table, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, type ColumnType, columnTypes } from './infer';
import classes from './Welcome.module.css';

/** The columns of a file: which are taken over, and as what. */
export function Columns({ columns, onChange }: { columns: Column[]; onChange: (columns: Column[]) => void }) {
  const { t } = useTranslation('welcome');
  const change = (at: number, changed: Partial<Column>) =>
    onChange(columns.map((column, index) => (index === at ? { ...column, ...changed } : column)));
  const types = columnTypes.map((value) => ({ value, label: t(`import.types.${value}`) }));

  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40} aria-label={t('import.take')} />
            <Table.Th>{t('import.column')}</Table.Th>
            <Table.Th>{t('import.example')}</Table.Th>
            <Table.Th w={200}>{t('import.field')}</Table.Th>
            <Table.Th w={180}>{t('import.type')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ column, field, type, taken, example }, at) => (
            <Table.Tr key={column}>
              <Table.Td>
                <Checkbox
                  checked={taken}
                  onChange={(event) => change(at, { taken: event.currentTarget.checked })}
                  aria-label={t('import.takeColumn', { column })}
                />
              </Table.Td>
              <Table.Td fw={500} dir="auto" className={classes.cut}>
                {column}
              </Table.Td>
              <Table.Td className={classes.cut}>
                <Text size="sm" c="dimmed" span dir="auto">
                  {example.slice(0, 80)}
                </Text>
              </Table.Td>
              <Table.Td>
                <TextInput
                  size="xs"
                  value={field}
                  onChange={(event) => change(at, { field: event.currentTarget.value })}
                  disabled={!taken || (column === 'id' && field === 'id')}
                  aria-label={t('import.fieldOf', { column })}
                />
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  data={types}
                  value={type}
                  onChange={(value) => value && change(at, { type: value as ColumnType })}
                  allowDeselect={false}
                  disabled={!taken || field === 'id'}
                  aria-label={t('import.typeOf', { column })}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

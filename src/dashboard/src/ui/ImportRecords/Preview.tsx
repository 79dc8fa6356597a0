import { Table, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Misfit, toBody } from './convert';
import classes from './ImportRecords.module.css';

/** The first rows as they will be stored; what does not fit is marked. */
export function Preview({ rows, fields }: { rows: ReturnType<typeof toBody>[]; fields: string[] }) {
  const { t } = useTranslation('records');
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('import.preview')}
      </Text>
      <Table.ScrollContainer minWidth={400}>
        <Table verticalSpacing={4} withTableBorder>
          <Table.Thead>
            <Table.Tr>
              {fields.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ body, misfits }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a file have no other name and do not move.
              <Table.Tr key={at}>
                {fields.map((name) => (
                  <Cell key={name} value={body[name]} misfit={misfits.find(({ field }) => field === name)} hide={name === 'password'} />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

function Cell({ value, misfit, hide }: { value: unknown; misfit: Misfit | undefined; hide: boolean }) {
  const { t } = useTranslation('records');
  if (misfit)
    return (
      <Table.Td className={classes.misfit}>
        <Tooltip label={t(`import.why.${misfit.why}`, { value: misfit.value })}>
          <span>{misfit.value || t('import.empty')}</span>
        </Tooltip>
      </Table.Td>
    );
  const text = hide ? '••••' : typeof value === 'string' ? value : value === undefined ? '' : (JSON.stringify(value) ?? '');
  return (
    <Table.Td fz="sm" dir="auto" className={classes.cut}>
      {text.slice(0, 80)}
    </Table.Td>
  );
}

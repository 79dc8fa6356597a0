import { Code, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { detailsOf } from './details';
import type { Entry } from './model';

/** All that an entry tells: before and after, from which program, and its place in the chain. */
export function EntryDetails({ entry }: { entry: Entry }) {
  const { t } = useTranslation('audit');
  const details = detailsOf(entry.data);
  const changes = details.some(({ from }) => from !== undefined);
  return (
    <Stack gap="sm" pb="sm">
      {details.length > 0 && (
        <Table withTableBorder withColumnBorders verticalSpacing={6} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="24%">{t('details.what')}</Table.Th>
              {changes && <Table.Th>{t('details.from')}</Table.Th>}
              <Table.Th>{t(changes ? 'details.to' : 'details.value')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {details.map(({ path, from, to }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                    {path}
                  </Text>
                </Table.Td>
                {changes && <Value text={from} />}
                <Value text={to} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {entry.userAgent && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('details.program', { program: entry.userAgent })}
        </Text>
      )}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {entry.number > 0 ? t('details.place', { number: entry.number, hash: entry.hash }) : t('details.noPlace')}
      </Text>
    </Stack>
  );
}

function Value({ text }: { text: string | undefined }) {
  const { t } = useTranslation('audit');
  return (
    <Table.Td>
      {text === undefined ? null : text === '' ? (
        <Text size="sm" c="dimmed">
          {t('details.empty')}
        </Text>
      ) : (
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Code>
      )}
    </Table.Td>
  );
}

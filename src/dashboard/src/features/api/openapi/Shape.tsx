import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ApiDocument, resolved, type Schema, typeOf } from './document';

/** The fields of a body, one a line. `sent`: it is what a client sends, so what must not be left out is marked. */
export function Shape({ schema, document, sent = false }: { schema: Schema | undefined; document: ApiDocument; sent?: boolean }) {
  const { t } = useTranslation('api');
  const whole = resolved(schema, document);
  const inner = whole?.type === 'array' ? resolved(whole.items, document) : whole;
  if (!inner?.properties) return schema ? <Code>{typeOf(schema)}</Code> : null;
  return (
    <Table verticalSpacing={3} withRowBorders={false}>
      <Table.Tbody>
        {Object.entries(inner.properties).map(([name, property]) => (
          <Table.Tr key={name}>
            <Table.Td w="30%" style={{ overflowWrap: 'anywhere' }}>
              <Code>{name}</Code>
              {sent && inner.required?.includes(name) && (
                <Text span size="xs" ml={6}>
                  {t('openapi.required')}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Text span size="sm" c="dimmed">
                {typeOf(property)}
              </Text>{' '}
              <Text span size="sm">
                {property.description}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

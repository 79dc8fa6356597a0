import { Checkbox, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { type Action, actions, type Scope } from './model';

type Allowed = Scope['collections'];

/** What a key may do in which collection, as a table of ticks. */
export function ScopeFields({
  collections,
  value,
  onChange,
}: {
  collections: CollectionModel[];
  value: Allowed;
  onChange: (value: Allowed) => void;
}) {
  const { t } = useTranslation('keys');
  // Who could write keys could write one with a wider scope, so keys themselves are in no scope.
  const rows = [
    { key: '*', label: t('any') },
    ...collections.filter(({ name }) => name !== '_apiKeys').map(({ name }) => ({ key: name, label: name })),
  ];
  const set = (key: string, action: Action, on: boolean) => {
    const old = value[key] ?? [];
    onChange({ ...value, [key]: on ? [...old, action] : old.filter((one) => one !== action) });
  };
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {t('new.scope')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('new.scopeHint')}
      </Text>
      <ScrollArea.Autosize mah={280} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('new.scope') }}>
        <Table stickyHeader verticalSpacing={6} aria-label={t('new.scope')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.collection')}</Table.Th>
              {actions.map((action) => (
                <Table.Th key={action} ta="center">
                  {t(`actions.${action}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, label }) => (
              <Table.Tr key={key}>
                <Table.Td>{label}</Table.Td>
                {actions.map((action) => (
                  <Table.Td key={action}>
                    <Checkbox
                      aria-label={t('new.tick', { action: t(`actions.${action}`), collection: label })}
                      checked={value[key]?.includes(action) ?? false}
                      onChange={(event) => set(key, action, event.currentTarget.checked)}
                      styles={{ body: { justifyContent: 'center' } }}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}

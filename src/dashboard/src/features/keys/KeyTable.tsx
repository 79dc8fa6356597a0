import { Badge, Table, Text } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import type { AccountName } from '~/api/accounts';
import { pb } from '~/api/client';
import { confirm } from '~/ui/actions/confirm';
import { IconAction } from '~/ui/actions/IconAction';
import { useAct } from '~/ui/actions/useAct';
import { AccountText } from '~/ui/texts/AccountText';
import { TimeText } from '~/ui/texts/TimeText';
import { type Action, actions, type Key } from './model';

/** The keys that there are, what each may do, and a way to end it. */
export function KeyTable({ keys, names, collections }: { keys: Key[]; names: Map<string, AccountName> | undefined; collections: CollectionModel[] }) {
  const { t } = useTranslation('keys');
  const end = useAct({ do: ({ id }: Key) => pb.collection('_apiKeys').delete(id), done: (_, { name }) => t('ended', { name }), refresh: [['keys']] });
  const ask = async (key: Key) => {
    if (await confirm({ title: t('end.title'), text: t('end.text', { name: key.name }), action: t('end.action') })) end.mutate(key);
  };
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {(['name', 'account', 'may', 'expires', 'used'] as const).map((column) => (
              <Table.Th key={column}>{t(`columns.${column}`)}</Table.Th>
            ))}
            <Table.Th ta="right">{t('columns.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>
                <Text size="sm" dir="auto">
                  {key.name}
                </Text>
                <Text size="xs" c="dimmed" ff="monospace">
                  {key.prefix}…
                </Text>
              </Table.Td>
              <Table.Td>
                <AccountText id={key.recordRef} collection={key.collectionRef} names={names} />
              </Table.Td>
              <Table.Td maw={340}>
                <ScopeText scope={key.scope} collections={collections} />
              </Table.Td>
              <Table.Td>{key.expires ? <Ends at={key.expires} /> : <Text size="sm">{t('lasts')}</Text>}</Table.Td>
              <Table.Td>
                <TimeText value={key.lastUsed} size="sm" />
              </Table.Td>
              <Table.Td ta="right">
                <IconAction label={t('end.of', { name: key.name })} icon={Trash2} onClick={() => ask(key)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Ends({ at }: { at: string }) {
  const { t } = useTranslation('keys');
  const over = new Date(at.replace(' ', 'T')).getTime() < Date.now();
  return (
    <>
      <TimeText value={at} size="sm" />{' '}
      {over && (
        <Badge color="gray" variant="light" size="sm">
          {t('over')}
        </Badge>
      )}
    </>
  );
}

/** A scope in words: what may be done in which collection, and which other routes. */
function ScopeText({ scope, collections }: { scope: Key['scope']; collections: CollectionModel[] }) {
  const { t, i18n } = useTranslation('keys');
  const list = (allowed: Action[]) =>
    new Intl.ListFormat(i18n.language).format(actions.filter((one) => allowed.includes(one)).map((one) => t(`actions.${one}`)));
  const nameOf = (id: string) => (id === '*' ? t('any') : (collections.find((one) => one.id === id)?.name ?? id));
  return (
    <>
      {Object.entries(scope?.collections ?? {}).map(([id, allowed]) => (
        <Text key={id} size="sm">
          <Text span fw={500} size="sm">
            {nameOf(id)}
          </Text>
          : {list(allowed)}
        </Text>
      ))}
      {scope?.routes?.map((route) => (
        <Text key={route} size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {route}
        </Text>
      ))}
    </>
  );
}

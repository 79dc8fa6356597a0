import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Eye, Table2, Users } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pb } from '~/api/client';
import { CollectionMenu } from './CollectionMenu';
import { OpenTo } from './OpenTo';

const icons = { base: Table2, auth: Users, view: Eye };

/** The collections with what is in them and who may use them. */
export function CollectionTable({ collections }: { collections: CollectionModel[] }) {
  const { t } = useTranslation('collections');
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs" highlightOnHover aria-label={t('title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columns.name')}</Table.Th>
            <Table.Th>{t('columns.type')}</Table.Th>
            <Table.Th ta="end">{t('columns.records')}</Table.Th>
            <Table.Th ta="end">{t('columns.fields')}</Table.Th>
            <Table.Th>{t('columns.open')}</Table.Th>
            <Table.Th w={50} aria-label={t('columns.actions')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {collections.map((collection) => {
            const Icon = icons[collection.type as keyof typeof icons] ?? Table2;
            return (
              <Table.Tr key={collection.id}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    <Icon size={16} aria-hidden color="var(--mantine-color-dimmed)" />
                    <Anchor component={Link} to={`/collections/${collection.name}`} fw={600} c="var(--mantine-color-text)">
                      {collection.name}
                    </Anchor>
                    {collection.system && <Badge variant="default">{t('own')}</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {t(`types.${collection.type as 'base'}`)}
                  </Text>
                </Table.Td>
                <Table.Td ta="end">
                  <Count name={collection.name} />
                </Table.Td>
                <Table.Td ta="end">{collection.fields.length}</Table.Td>
                <Table.Td>
                  <OpenTo collection={collection} />
                </Table.Td>
                <Table.Td>
                  <CollectionMenu collection={collection} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Count({ name }: { name: string }) {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['collections', 'count', name],
    queryFn: async () => (await pb.collection(name).getList(1, 1, { fields: 'id', requestKey: null })).totalItems,
    staleTime: 30_000,
  });
  return <span>{data === undefined ? '…' : new Intl.NumberFormat(i18n.language).format(data)}</span>;
}

import { Badge, Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { LogOut, MonitorSmartphone, Search, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type AccountName, accountNames } from '~/api/accounts';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import { confirm } from '~/ui/actions/confirm';
import { IconAction } from '~/ui/actions/IconAction';
import { useAct } from '~/ui/actions/useAct';
import { PageFrame } from '~/ui/PageFrame';
import { Pager } from '~/ui/Pager';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { AccountText } from '~/ui/texts/AccountText';
import { TimeText } from '~/ui/texts/TimeText';
import { endAll, methods, ownSession, type Session, sessions } from './model';

/** Where everybody is signed in; each can be ended. `?record=ID` shows those of one account. */
export function SessionsPage() {
  const { t } = useTranslation('sessions');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [page, setPage] = useState(1);
  const collections = useCollections()?.filter(({ type }) => type === 'auth') ?? [];
  const [collection, record] = [params.get('collection') ?? '', params.get('record') ?? ''];
  const found = useQuery(sessions({ collection, record, search, page }));
  const names = useQuery(
    accountNames(found.data?.items.map(({ collectionRef, recordRef }) => ({ collection: collectionRef, id: recordRef })) ?? []),
  ).data;
  const refresh = [['sessions']];
  const end = useAct({ do: ({ id }: Session) => pb.collection('_sessions').delete(id), done: t('ended'), refresh });
  const endOthers = useAct({ do: endAll, done: (count) => t('endedAll', { count }), refresh });

  const nameOf = ({ collectionRef, recordRef }: Session) => names?.get(`${collectionRef}/${recordRef}`)?.name ?? recordRef;
  const ask = async (session: Session) => {
    const own = session.id === ownSession();
    const text = own ? t('end.own') : t('end.text', { name: nameOf(session), device: session.device });
    if (await confirm({ title: t('end.title'), text, action: t('end.action') })) end.mutate(session);
  };
  const askAll = async (session: Session) => {
    if (await confirm({ title: t('endAll.title'), text: t('endAll.text', { name: nameOf(session) }), action: t('endAll.action') }))
      endOthers.mutate(session);
  };
  const choose = (value: string | null) => {
    setParams(value ? { collection: value } : {}, { replace: true });
    setPage(1);
  };

  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      <Group gap="sm">
        <Select
          aria-label={t('collection')}
          placeholder={t('all')}
          clearable
          size="xs"
          value={collection || null}
          onChange={choose}
          data={collections.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          size="xs"
          miw={240}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPage(1);
          }}
        />
        {record && (
          <Button size="xs" variant="default" onClick={() => choose(null)}>
            {t('everybody')}
          </Button>
        )}
      </Group>
      {found.isError ? (
        <ErrorState error={found.error} retry={() => found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : found.data.items.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={t('emptyTitle')} text={t('empty')} />
      ) : (
        <>
          <SessionTable sessions={found.data.items} names={names} onEnd={ask} onEndAll={askAll} />
          <Pager page={page} pages={found.data.totalPages} total={found.data.totalItems} onPage={setPage} />
        </>
      )}
    </PageFrame>
  );
}

interface TableProps {
  sessions: Session[];
  names: Map<string, AccountName> | undefined;
  onEnd: (session: Session) => void;
  onEndAll: (session: Session) => void;
}

function SessionTable({ sessions, names, onEnd, onEndAll }: TableProps) {
  const { t } = useTranslation('sessions');
  const own = ownSession();
  return (
    <Table.ScrollContainer minWidth={820}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {(['account', 'device', 'from', 'used', 'ends'] as const).map((column) => (
              <Table.Th key={column}>{t(`columns.${column}`)}</Table.Th>
            ))}
            <Table.Th ta="right">{t('columns.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <Table.Tr key={session.id}>
              <Table.Td>
                <AccountText id={session.recordRef} collection={session.collectionRef} names={names} />
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Text size="sm" title={session.userAgent}>
                    {session.device || t('unknown')}
                  </Text>
                  {session.id === own && (
                    <Badge size="sm" variant="light">
                      {t('this')}
                    </Badge>
                  )}
                </Group>
                <Text size="xs" c="dimmed">
                  {methodText(session.method, t)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" ff="monospace">
                  {session.ip}
                </Text>
              </Table.Td>
              <Table.Td>
                <TimeText value={session.lastUsed} size="sm" />
              </Table.Td>
              <Table.Td>
                <TimeText value={session.expires} size="sm" />
              </Table.Td>
              <Table.Td>
                <Group gap={2} justify="end" wrap="nowrap">
                  <IconAction label={t('end.of', { device: session.device })} icon={LogOut} onClick={() => onEnd(session)} />
                  <IconAction label={t('endAll.of')} icon={UserX} onClick={() => onEndAll(session)} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function methodText(method: string, t: ReturnType<typeof useTranslation<'sessions'>>['t']): string {
  const known = methods.find((one) => one === method);
  return known ? t(`methods.${known}`) : method;
}

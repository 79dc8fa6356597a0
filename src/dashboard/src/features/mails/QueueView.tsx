import { ActionIcon, Badge, Group, SegmentedControl, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { MailX, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { confirm } from '~/ui/actions/confirm';
import { useAct } from '~/ui/actions/useAct';
import { Pager } from '~/ui/Pager';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { TimeText } from '~/ui/texts/TimeText';
import { kinds, known, type QueuedMail, queue, type State, states } from './model';

const colours = { waiting: 'yellow', sent: 'green', failed: 'red', unneeded: 'gray' } as const;

/** Mails on their way, and what became of those that went. */
export function QueueView() {
  const { t } = useTranslation('mails');
  const [state, setState] = useState<State>('all');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [page, setPage] = useState(1);
  const mails = useQuery(queue(state, search, page));
  const remove = useAct({
    do: (mail: QueuedMail) => pb.collection('_mails').delete(mail.id),
    done: t('queue.removed'),
    refresh: [['mails', 'queue']],
  });
  const ask = async (mail: QueuedMail) => {
    const waiting = mail.state === 'waiting';
    const text = t(waiting ? 'queue.callOffText' : 'queue.forgetText', { to: mail.to });
    if (
      await confirm({ title: t(waiting ? 'queue.callOff' : 'queue.forget'), text, action: t(waiting ? 'queue.callOffAction' : 'queue.forgetAction') })
    )
      remove.mutate(mail);
  };
  return (
    <Stack>
      <Group gap="sm">
        <SegmentedControl
          aria-label={t('queue.state')}
          value={state}
          onChange={(value) => {
            setState(value as State);
            setPage(1);
          }}
          data={(['all', ...states] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
          size="xs"
        />
        <TextInput
          aria-label={t('queue.search')}
          placeholder={t('queue.search')}
          leftSection={<Search size={15} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPage(1);
          }}
          size="xs"
          miw={220}
        />
      </Group>
      {mails.isError ? (
        <ErrorState error={mails.error} retry={() => mails.refetch()} />
      ) : !mails.data ? (
        <Loading />
      ) : mails.data.items.length === 0 ? (
        <EmptyState icon={MailX} title={t('queue.emptyTitle')} text={t(search || state !== 'all' ? 'queue.noneFit' : 'queue.empty')} />
      ) : (
        <>
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing="xs" highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('columns.to')}</Table.Th>
                  <Table.Th>{t('columns.what')}</Table.Th>
                  <Table.Th>{t('columns.state')}</Table.Th>
                  <Table.Th>{t('columns.ordered')}</Table.Th>
                  <Table.Th ta="right">{t('columns.actions')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {mails.data.items.map((mail) => (
                  <Row key={mail.id} mail={mail} onRemove={() => ask(mail)} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Pager page={page} pages={mails.data.totalPages} total={mails.data.totalItems} onPage={setPage} />
        </>
      )}
    </Stack>
  );
}

function Row({ mail, onRemove }: { mail: QueuedMail; onRemove: () => void }) {
  const { t } = useTranslation('mails');
  const [kind, state] = [known(kinds, mail.kind), known(states, mail.state)];
  const label = t(mail.state === 'waiting' ? 'queue.callOffOf' : 'queue.forgetOf', { to: mail.to });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {mail.to}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{kind ? t(`kinds.${kind}`) : mail.kind}</Text>
        {mail.subject && (
          <Text size="xs" c="dimmed" dir="auto" lineClamp={1}>
            {mail.subject}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={state ? colours[state] : 'gray'}>
          {state ? t(`states.${state}`) : mail.state}
        </Badge>
        {mail.state === 'waiting' && mail.tries > 0 && (
          <Text size="xs" c="dimmed">
            {t('queue.again', { count: mail.tries })} <TimeText value={mail.due} inherit />
          </Text>
        )}
        {mail.reason && (
          <Text size="xs" c="dimmed" maw={320} lineClamp={3} title={mail.reason}>
            {mail.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <TimeText value={mail.created} size="sm" />
      </Table.Td>
      <Table.Td ta="right">
        <Tooltip label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onRemove}>
            <MailX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}

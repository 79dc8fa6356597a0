import { Anchor, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { outbox } from './model';
import { OutboxView } from './OutboxView';
import { QueueView } from './QueueView';

/** Mails: those on their way and what became of them, and the outbox of a developer's machine. */
export function MailsPage() {
  const { t } = useTranslation('mails');
  const [search, setSearch] = useSearchParams();
  const kept = useQuery(outbox);
  if (kept.isPending) return <Loading />;
  const here = kept.data !== null && kept.data !== undefined;
  const shown = here && search.get('view') !== 'queue' ? 'outbox' : 'queue';
  return (
    <PageFrame
      title={t('title')}
      hint={
        <>
          {t('hint')}{' '}
          <Anchor component={Link} to="/settings/mail" size="sm" underline="always">
            {t('settings')}
          </Anchor>
        </>
      }
    >
      {kept.isError && <ErrorState error={kept.error} retry={() => kept.refetch()} />}
      {here ? (
        <Tabs value={shown} onChange={(view) => setSearch(view === 'queue' ? { view } : {}, { replace: true })} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="outbox">{t('outbox.tab', { count: kept.data?.length ?? 0 })}</Tabs.Tab>
            <Tabs.Tab value="queue">{t('queue.tab')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="outbox">
            <OutboxView mails={kept.data ?? []} />
          </Tabs.Panel>
          <Tabs.Panel value="queue">
            <QueueView />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <QueueView />
      )}
    </PageFrame>
  );
}

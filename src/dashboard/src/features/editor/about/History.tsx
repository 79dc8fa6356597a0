import { Anchor, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pb } from '~/api/client';
import { ErrorState, Loading } from '~/ui/States';
import { TimeText } from '~/ui/texts/TimeText';

interface Entry {
  id: string;
  created: string;
  action: string;
  actor: string;
  ip: string;
  data: { fields?: string[] };
}

/** What the audit log has about an account, the newest first. */
export function History({ collection, record }: { collection: CollectionModel; record: RecordModel }) {
  const { t } = useTranslation('editor');
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'record', record.id],
    queryFn: () =>
      pb.send<{ items: Entry[] }>('/api/audit', {
        query: {
          filter: pb.filter('record = {:record} && collection = {:collection}', { record: record.id, collection: collection.name }),
          sort: '-created',
          perPage: 50,
        },
      }),
  });
  if (error) return <ErrorState error={error} retry={() => refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        {t('history.hint')}{' '}
        <Anchor component={Link} to="/audit" inherit underline="always">
          {t('history.audit')}
        </Anchor>
      </Text>
      {data.items.length === 0 && <Text size="sm">{t('history.nothing')}</Text>}
      <Timeline bulletSize={12} lineWidth={2}>
        {data.items.map((entry) => (
          <Timeline.Item key={entry.id} title={entry.action}>
            <Text size="xs" c="dimmed">
              <TimeText value={entry.created} size="xs" seconds /> · {t('history.by', { actor: entry.actor })}
              {entry.ip && ` · ${entry.ip}`}
            </Text>
            {entry.data.fields && <Text size="sm">{entry.data.fields.join(', ')}</Text>}
          </Timeline.Item>
        ))}
      </Timeline>
    </>
  );
}

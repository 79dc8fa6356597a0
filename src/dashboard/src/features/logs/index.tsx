import { Center, Group, Pagination, Paper, Stack, Switch, Text } from '@mantine/core';
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ClientResponseError } from '~/api/client';
import { PageFrame } from '~/ui/PageFrame';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { EntryTable } from './EntryTable';
import { TimeBars } from './TimeBars';
import { Toolbar } from './Toolbar';
import { useBars, useEntries, useView } from './useLogs';

/** Every request that the server answered, the newest first, with a picture of when there were how many. */
export function LogsPage() {
  const { t, i18n } = useTranslation('logs');
  const [view, change] = useView();
  const entries = useEntries(view);
  const bars = useBars(view);
  // The server says no more than that it did not understand it.
  const wrong = entries.error instanceof ClientResponseError && entries.error.status === 400 && view.text !== '';
  const follows = view.live && view.page === 1 && !view.zoom;
  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <Switch label={t('others')} checked={view.others} onChange={(event) => change({ others: event.currentTarget.checked })} />
          <Switch
            label={t('live')}
            checked={follows}
            onChange={(event) => change(event.currentTarget.checked ? { live: true, page: 1, zoom: null } : { live: false })}
          />
        </>
      }
    >
      <Stack gap="md">
        <Toolbar view={view} change={change} error={wrong ? t('filter.wrong') : undefined} />
        {bars.data && (
          <Paper withBorder p="md">
            <TimeBars bars={bars.data} onZoom={(zoom) => change({ zoom })} />
          </Paper>
        )}
        {wrong ? null : entries.error ? (
          <ErrorState error={entries.error} retry={() => entries.refetch()} />
        ) : !entries.data ? (
          <Loading />
        ) : entries.data.entries.length === 0 ? (
          <EmptyState icon={Activity} title={t('empty.title')} text={t(view.kind === 'all' && !view.text ? 'empty.text' : 'empty.filtered')} />
        ) : (
          <>
            <EntryTable entries={entries.data.entries} />
            <Center>
              <Group>
                <Text size="sm" c="dimmed">
                  {t('count', { count: entries.data.total, shown: new Intl.NumberFormat(i18n.language).format(entries.data.total) })}
                </Text>
                {entries.data.pages > 1 && (
                  <Pagination
                    total={entries.data.pages}
                    value={view.page}
                    onChange={(page) => change({ page })}
                    siblings={1}
                    getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
                    getItemProps={(page) => ({ 'aria-label': t('pages.item', { page }) })}
                  />
                )}
              </Group>
            </Center>
          </>
        )}
      </Stack>
    </PageFrame>
  );
}

import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useAct } from '~/ui/actions/useAct';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { CronText } from '~/ui/texts/CronText';
import { nextTime, readCron } from '~/ui/texts/cron';
import { millisecondsText } from '~/ui/texts/formats';
import { TimeText } from '~/ui/texts/TimeText';
import { isSystem, purposeOf } from './jobs';

interface ShownJob {
  id: string;
  expression: string;
  /** How it went last on any node; missing when it never came to its end. `took` in ms. */
  lastRun?: { at: string; took: number; failed: boolean };
}

const allJobs = queryOptions({ queryKey: ['crons'], queryFn: (): Promise<ShownJob[]> => pb.crons.getFullList({ query: { runs: true } }) });

const lastOf = (job?: ShownJob) => job?.lastRun?.at ?? '';

/** What is done by itself at certain minutes: the app's own jobs and the server's. */
export function CronsPage() {
  const { t } = useTranslation('crons');
  // Jobs that were begun here, with their last run before: until there is another the page looks again often.
  const [begun, setBegun] = useState<Record<string, string>>({});
  const jobs = useQuery({
    ...allJobs,
    refetchInterval: ({ state }) => (state.data?.some((job) => begun[job.id] === lastOf(job)) ? 2_000 : 60_000),
  });
  const run = useAct({
    do: (id: string) => {
      setBegun((all) => ({ ...all, [id]: lastOf(jobs.data?.find((job) => job.id === id)) }));
      return pb.crons.run(id);
    },
    done: (_, id) => t('begun', { id }),
    refresh: [['crons']],
  });
  if (jobs.isError)
    return (
      <PageFrame title={t('title')} hint={t('hint')}>
        <ErrorState error={jobs.error} retry={() => jobs.refetch()} />
      </PageFrame>
    );
  const own = jobs.data?.filter(({ id }) => !isSystem(id)) ?? [];
  const system = jobs.data?.filter(({ id }) => isSystem(id)) ?? [];
  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      {!jobs.data ? (
        <Loading />
      ) : (
        <Table.ScrollContainer minWidth={860}>
          <Table verticalSpacing="xs" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('columns.job')}</Table.Th>
                <Table.Th>{t('columns.when')}</Table.Th>
                <Table.Th>{t('columns.last')}</Table.Th>
                <Table.Th>{t('columns.next')}</Table.Th>
                <Table.Th ta="right">{t('columns.actions')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...own, ...system].map(({ id, expression, lastRun }) => {
                const purpose = purposeOf(id);
                return (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Stack gap={0}>
                        <Text size="sm" fw={500}>
                          {purpose ? t(`purposes.${purpose}`) : id}{' '}
                          {!isSystem(id) && (
                            <Badge variant="light" size="sm">
                              {t('own')}
                            </Badge>
                          )}
                        </Text>
                        {purpose && (
                          <Text size="xs" c="dimmed" ff="monospace">
                            {id}
                          </Text>
                        )}
                      </Stack>
                    </Table.Td>
                    <Table.Td>
                      <Stack gap={0}>
                        <Text size="sm">
                          <CronText value={expression} />
                        </Text>
                        <Text size="xs" c="dimmed" ff="monospace">
                          {expression}
                        </Text>
                      </Stack>
                    </Table.Td>
                    <Table.Td>{lastRun ? <LastRun {...lastRun} /> : <TimeText size="sm" value={null} />}</Table.Td>
                    <Table.Td>
                      <TimeText size="sm" value={nextOf(expression)} />
                    </Table.Td>
                    <Table.Td ta="right">
                      <Button
                        size="compact-sm"
                        variant="default"
                        leftSection={<Play size={14} aria-hidden />}
                        loading={run.isPending && run.variables === id}
                        onClick={() => run.mutate(id)}
                        aria-label={t('run', { id })}
                      >
                        {t('runShort')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {jobs.data && own.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noneOwn')}
        </Text>
      )}
    </PageFrame>
  );
}

function LastRun({ at, took, failed }: NonNullable<ShownJob['lastRun']>) {
  const { t, i18n } = useTranslation('crons');
  return (
    <Stack gap={0} align="start">
      <TimeText size="sm" value={at} />
      <Group gap={6}>
        {failed && (
          <Badge color="red" variant="light" size="sm">
            {t('failed')}
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {t('took', { time: millisecondsText(took, i18n.language) })}
        </Text>
      </Group>
    </Stack>
  );
}

function nextOf(expression: string): string | undefined {
  const cron = readCron(expression);
  return cron ? nextTime(cron, new Date())?.toISOString() : undefined;
}

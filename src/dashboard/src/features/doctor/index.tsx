import { Anchor, Badge, Button, Code, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Info, type LucideIcon, RefreshCw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pb } from '~/api/client';
import { said } from '~/i18n/said';
import { useAct } from '~/ui/actions/useAct';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { Elapsed } from '~/ui/texts/Elapsed';
import { areas, type Finding, gravities, placeOf } from './findings';

const findings = queryOptions({
  queryKey: ['doctor'],
  queryFn: async () => (await pb.send<{ findings: Finding[] }>('/api/doctor', { method: 'GET' })).findings,
});

const looks: Record<Finding['gravity'], { icon: LucideIcon; color: string }> = {
  problem: { icon: CircleAlert, color: 'red' },
  warning: { icon: TriangleAlert, color: 'yellow' },
  fact: { icon: Info, color: 'gray' },
  good: { icon: CircleCheck, color: 'green' },
};

/** What an operator should know, the gravest first, with what to do about it. */
export function DoctorPage() {
  const { t } = useTranslation('doctor');
  const client = useQueryClient();
  const found = useQuery(findings);
  const compare = useAct({
    do: async () => (await pb.send<{ findings: Finding[] }>('/api/doctor', { method: 'GET', query: { files: 1 } })).findings,
    finished: (all) => client.setQueryData(findings.queryKey, all),
    done: t('compared'),
  });
  const count = (gravity: Finding['gravity']) => found.data?.filter((finding) => finding.gravity === gravity).length ?? 0;
  const [problems, warnings] = [count('problem'), count('warning')];
  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <Button variant="default" onClick={() => compare.mutate()} loading={compare.isPending}>
            {t('compare')}
          </Button>
          <Button leftSection={<RefreshCw size={15} aria-hidden />} onClick={() => found.refetch()} loading={found.isFetching}>
            {t('again')}
          </Button>
        </>
      }
    >
      {compare.isPending && <Elapsed text={t('comparing')} />}
      {found.isError ? (
        <ErrorState error={found.error} retry={() => found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : (
        <>
          <Text fw={600} role="status">
            {problems > 0
              ? t('summary.problems', { count: problems })
              : warnings > 0
                ? t('summary.warnings', { count: warnings })
                : t('summary.well')}
          </Text>
          {gravities
            .filter((gravity) => count(gravity) > 0)
            .map((gravity) => (
              <Stack key={gravity} gap="xs" component="section" aria-label={t(`gravities.${gravity}`)}>
                <Title order={2} size="h5">
                  {t(`gravities.${gravity}`)}
                </Title>
                {found.data
                  .filter((finding) => finding.gravity === gravity)
                  .map((finding) => (
                    <FindingView key={finding.area + finding.text} finding={finding} />
                  ))}
              </Stack>
            ))}
        </>
      )}
    </PageFrame>
  );
}

function FindingView({ finding }: { finding: Finding }) {
  const { t } = useTranslation('doctor');
  const { icon: Icon, color } = looks[finding.gravity];
  const area = areas.find((one) => one === finding.area);
  const place = placeOf(finding);
  return (
    <Paper withBorder px="md" py="sm">
      <Group wrap="nowrap" align="start" gap="sm">
        <ThemeIcon variant="light" color={color} size="md" aria-hidden>
          <Icon size={17} />
        </ThemeIcon>
        <Stack gap={4} miw={0} flex={1}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="start">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {said(finding.text)}
            </Text>
            <Badge variant="default" size="sm" style={{ flexShrink: 0 }}>
              {area ? t(`areas.${area}`) : finding.area}
            </Badge>
          </Group>
          {finding.advice && (
            <Text size="sm" c="dimmed">
              {said(finding.advice)}{' '}
              {place && (
                <Anchor component={Link} to={place} size="sm" underline="always">
                  {t('open')}
                </Anchor>
              )}
            </Text>
          )}
          {finding.lines.length > 0 && <Code block>{finding.lines.join('\n')}</Code>}
        </Stack>
      </Group>
    </Paper>
  );
}

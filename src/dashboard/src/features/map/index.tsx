import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Overview, overview } from '~/api/overview';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { bytesText } from '~/ui/texts/formats';
import { TimeText } from '~/ui/texts/TimeText';
import classes from './map.module.css';
import { Picture } from './Picture';
import { boxes } from './plan';
import { Seconds } from './Seconds';
import { headlineOf, workOf } from './told';

/** How often the map looks, in ms. */
const everyMs = 2_000;

/** The whole back end at work: what is there, what goes through it now, what is slow or failing. */
export function MapPage() {
  const { t } = useTranslation('map');
  const { data, error, refetch } = useQuery({ ...overview, refetchInterval: everyMs });
  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      {error && !data ? <ErrorState error={error} retry={() => refetch()} /> : data ? <Shown overview={data} /> : <Loading />}
    </PageFrame>
  );
}

function Shown({ overview }: { overview: Overview }) {
  const { t, i18n } = useTranslation('map');
  const { node, nodes } = overview;
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Text size="lg">{headlineOf(overview, t, i18n.language)}</Text>
        <Seconds seconds={overview.seconds} />
      </Stack>
      <Paper withBorder p={{ base: 'xs', sm: 'md' }}>
        <Picture overview={overview} />
      </Paper>
      <section>
        <Title order={2} size="h4" mb="sm">
          {t('what')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
          {boxes.map(({ name, icon: Icon, to }) => {
            const part = overview.parts.find((one) => one.name === name);
            return (
              <Paper key={name} withBorder p="md" component={Link} to={to} className={classes.part}>
                <Group justify="space-between" wrap="nowrap">
                  <span className={classes.partHead}>
                    <Icon size={17} aria-hidden />
                    {t(`parts.${name}.name`)}
                  </span>
                  {part && (
                    <Text span size="xs" className={classes.state} data-state={part.state}>
                      {t(`states.${part.state}`)}
                    </Text>
                  )}
                </Group>
                <Text size="sm" mt={6}>
                  {t(`parts.${name}.text`)}
                </Text>
                {part && (
                  <Text size="sm" mt={4} className={classes.boxFigures} style={{ whiteSpace: 'normal' }}>
                    {workOf(part, t, i18n.language)}
                  </Text>
                )}
              </Paper>
            );
          })}
        </SimpleGrid>
      </section>
      <Text size="sm" c="dimmed">
        {t('node', {
          version: node.version,
          database: node.database ?? { sqlite: 'SQLite', postgres: 'PostgreSQL' }[node.engine],
          memory: bytesText(node.memory, i18n.language),
        })}{' '}
        <TimeText value={node.started} size="sm" />
        {nodes.length > 1 &&
          ` · ${t('nodes', {
            count: nodes.length - 1,
            names: nodes
              .filter(({ own }) => !own)
              .map(({ id, machine }) => machine ?? id)
              .join(', '),
          })}`}
      </Text>
    </Stack>
  );
}

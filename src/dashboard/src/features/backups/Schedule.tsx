import { Anchor, Code, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { allSettings } from '~/api/settings';
import { CronText } from '~/ui/texts/CronText';

/** When backups are taken by themselves, where they are kept, and whether any moment can be restored. */
export function Schedule() {
  const { t } = useTranslation('backups');
  const settings = useQuery(allSettings).data?.backups;
  if (!settings) return null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Paper withBorder p="md">
        <Stack gap="xs">
          <Title order={2} size="h5">
            {t('schedule.title')}
          </Title>
          <Text size="sm">
            {settings.cron ? (
              <>
                <CronText value={settings.cron} next />. {t('schedule.keep', { count: settings.cronMaxKeep })}
              </>
            ) : (
              t('schedule.none')
            )}
          </Text>
          <Text size="sm" c="dimmed">
            {settings.s3.enabled ? t('schedule.bucket', { bucket: settings.s3.bucket }) : t('schedule.folder')}
          </Text>
          <Anchor component={Link} to="/settings/backups" size="sm">
            {t('schedule.change')}
          </Anchor>
        </Stack>
      </Paper>
      <Paper withBorder p="md">
        <Stack gap="xs">
          <Title order={2} size="h5">
            {t('history.title')}
          </Title>
          {settings.historyDays > 0 ? (
            <>
              <Text size="sm">{t('history.on', { count: settings.historyDays })}</Text>
              <Code block>{`hearth restore --at "${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}"`}</Code>
            </>
          ) : (
            <>
              <Text size="sm">{t('history.off')}</Text>
              <Anchor component={Link} to="/settings/backups" size="sm">
                {t('history.turnOn')}
              </Anchor>
            </>
          )}
        </Stack>
      </Paper>
    </SimpleGrid>
  );
}

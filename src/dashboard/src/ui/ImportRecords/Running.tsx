import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkProgress } from '~/api/bulk';

/** How far many writes are, and a way to stop them. */
export function Running({ progress: { done, failed, total }, onStop }: { progress: BulkProgress; onStop: () => void }) {
  const { t, i18n } = useTranslation('records');
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Stack role="status">
      <Progress.Root size="lg">
        <Progress.Section value={total ? (done / total) * 100 : 0} aria-label={t('bulk.progress')} />
        <Progress.Section value={total ? (failed / total) * 100 : 0} color="red" aria-label={t('bulk.refused')} />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm">
          {t('bulk.soFar', { done: number.format(done), total: number.format(total) })}
          {failed > 0 && ` · ${t('bulk.failed', { failed: number.format(failed) })}`}
        </Text>
        <Button variant="default" size="xs" onClick={onStop}>
          {t('bulk.stop')}
        </Button>
      </Group>
    </Stack>
  );
}

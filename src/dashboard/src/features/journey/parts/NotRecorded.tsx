import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Route } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { pb } from '~/api/client';
import type { LogEntry } from '~/api/journeys';
import { tryRequest } from '~/api/tries';
import { ErrorState } from '~/ui/States';

/** What stands in place of the steps when none were recorded: why, and how to see them after all. */
export function NotRecorded({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation('journey');
  const navigate = useNavigate();
  const { method, url = '' } = entry.data;
  const again = useMutation({
    mutationFn: async () => {
      const tried = await tryRequest(url, { method: 'GET' }, pb.authStore.token, true);
      if (!tried.entry) throw new Error(t('none.unrecorded'));
      return tried.entry;
    },
    onSuccess: (id) => navigate(`/logs/${id}`),
  });
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm" align="start">
        <Title order={2} size="h4">
          {t('none.title')}
        </Title>
        <Text maw="70ch">{t(method === 'GET' ? 'none.text' : 'none.write')}</Text>
        {method === 'GET' && (
          <>
            <Button leftSection={<Route size={16} aria-hidden />} onClick={() => again.mutate()} loading={again.isPending}>
              {t('none.again')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('none.asYou')}
            </Text>
          </>
        )}
        {again.error && <ErrorState error={again.error} />}
      </Stack>
    </Paper>
  );
}

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { ErrorState } from '~/ui/States';

/** One part of the account: what it is, what is there, what can be done. */
export function Part({
  title,
  hint,
  action,
  error,
  children,
}: {
  title: string;
  hint: string;
  action?: ReactNode;
  error?: unknown;
  children?: ReactNode;
}) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" align="start">
          <div>
            <Title order={2} size="h4">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          </div>
          {action}
        </Group>
        {Boolean(error) && <ErrorState error={error} />}
        {children}
      </Stack>
    </Paper>
  );
}

/** Turns a way of signing in on for all superusers. */
export function TurnOn({ way }: { way: 'totp' | 'passkeys' }) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const turning = useMutation({
    mutationFn: () => pb.collections.update('_superusers', { [way]: { enabled: true } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  });
  return (
    <>
      <Group gap="sm">
        <Text size="sm">{t('off')}</Text>
        <Button size="xs" variant="default" loading={turning.isPending} onClick={() => turning.mutate()}>
          {t('turnOn')}
        </Button>
      </Group>
      {turning.isError && <ErrorState error={turning.error} />}
    </>
  );
}

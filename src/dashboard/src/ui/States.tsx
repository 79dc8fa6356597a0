import { Alert, Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';

/** While something is loaded. */
export function Loading() {
  const { t } = useTranslation('common');
  return (
    <Center mih={200} role="status" aria-label={t('states.loading')}>
      <Loader type="dots" />
    </Center>
  );
}

/** When something could not be loaded or done: what the server said, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('common');
  const problem = problemOf(error);
  return (
    <Alert
      icon={<CircleAlert aria-hidden />}
      color="red"
      variant="light"
      title={problem.offline ? t('states.offline') : t('states.failed')}
      role="alert"
    >
      <Stack gap="sm" align="start">
        <Text size="sm">{problem.offline ? t('states.offlineHint') : problem.message}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('actions.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** When there is nothing yet: what would be here, and how to begin. */
export function EmptyState({ icon: Icon, title, text, children }: { icon: LucideIcon; title: string; text: string; children?: ReactNode }) {
  return (
    <Stack align="center" py={64} gap="sm" ta="center">
      <Icon size={40} strokeWidth={1.4} aria-hidden />
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text c="dimmed" maw={460}>
        {text}
      </Text>
      {children && <Group mt="xs">{children}</Group>}
    </Stack>
  );
}

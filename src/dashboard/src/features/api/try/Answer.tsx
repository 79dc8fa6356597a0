import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { Route } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Tried } from '~/api/tries';
import { bytesText, millisecondsText } from '~/ui/texts/formats';
import { StatusText } from '~/ui/texts/StatusText';
import { tidy } from './request';

const Code = lazy(() => import('../Code'));

/** What came back: status, time, size, the body, and the way to its journey. */
export function Answer({ tried }: { tried: Tried }) {
  const { t, i18n } = useTranslation('api');
  return (
    <Stack gap="xs" role="status">
      <Group gap="md">
        <StatusText status={tried.status} />
        <Text size="sm">{millisecondsText(tried.took, i18n.language)}</Text>
        <Text size="sm">{bytesText(tried.bytes, i18n.language)}</Text>
        {tried.entry && (
          <Button component={Link} to={`/logs/${tried.entry}`} size="compact-sm" variant="light" leftSection={<Route size={14} aria-hidden />}>
            {t('try.journey')}
          </Button>
        )}
      </Group>
      {tried.status === 204 ? (
        <Text size="sm">{t('try.empty')}</Text>
      ) : (
        <Suspense fallback={<Loader type="dots" />}>
          <Code value={tidy(tried.body)} label={t('try.answer')} as="json" />
        </Suspense>
      )}
      {tried.cut && (
        <Text size="xs" c="dimmed">
          {t('try.cut')}
        </Text>
      )}
    </Stack>
  );
}

import { Group, Loader, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useConnected } from '~/api/connection';
import { queries } from '~/api/queries';
import classes from './Connection.module.css';

const askEveryMs = 2_000;

/** Says that the server does not answer, asks until it does, and then loads anew what is shown. */
export function Connection() {
  const { t } = useTranslation('common');
  const connected = useConnected();
  const wasAway = useRef(false);

  useEffect(() => {
    if (connected) {
      if (!wasAway.current) return;
      wasAway.current = false;
      notifications.show({ message: t('connection.back'), color: 'green' });
      void queries.invalidateQueries();
      return;
    }
    wasAway.current = true;
    const timer = setInterval(() => pb.health.check().catch(() => {}), askEveryMs);
    return () => clearInterval(timer);
  }, [connected, t]);

  if (connected) return null;
  return (
    <Group className={classes.banner} role="status" gap="sm" wrap="nowrap">
      <Loader size="xs" color="currentColor" />
      <Text size="sm">
        <b>{t('connection.lost')}</b> {t('connection.lostHint')}
      </Text>
    </Group>
  );
}

import { Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getTokenPayload } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { TimeText } from '~/ui/texts/TimeText';
import { send, sessions } from './model';
import { Part } from './Part';

/** Where the account is signed in. */
export function Sessions() {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const list = useQuery(sessions);
  const again = () => client.invalidateQueries({ queryKey: ['account', 'sessions'] });
  const here: unknown = getTokenPayload(pb.authStore.token).sid;
  const ending = useMutation({ mutationFn: (id: string) => pb.collection('_sessions').delete(id), onSuccess: again });
  const endingOthers = useMutation({
    mutationFn: () => send('end-other-sessions'),
    onSuccess: () => {
      notifications.show({ message: t('sessions.ended'), color: 'green' });
      return again();
    },
  });

  return (
    <Part
      title={t('sessions.title')}
      hint={t('sessions.hint')}
      error={list.error ?? ending.error ?? endingOthers.error}
      action={
        (list.data?.length ?? 0) > 1 && (
          <Button variant="default" loading={endingOthers.isPending} onClick={() => endingOthers.mutate()}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      {list.data?.map((session) => {
        const device = String(session.device || t('sessions.unknown'));
        return (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <div>
              <Group gap="xs">
                <Text size="sm" fw={500}>
                  {device}
                </Text>
                {session.id === here && (
                  <Badge variant="light" size="sm" tt="none">
                    {t('sessions.here')}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {String(session.ip)} · {t('sessions.lastUsed')} <TimeText value={String(session.lastUsed)} inherit />
              </Text>
            </div>
            {session.id !== here && (
              <Button size="xs" variant="default" onClick={() => ending.mutate(session.id)} aria-label={t('sessions.endOf', { device })}>
                {t('sessions.end')}
              </Button>
            )}
          </Group>
        );
      })}
    </Part>
  );
}

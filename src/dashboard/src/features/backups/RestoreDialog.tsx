import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '~/ui/States';
import { Elapsed } from '~/ui/texts/Elapsed';
import { type Restored, restore } from './model';

type State = { at: 'asking' | 'running' | 'waiting' } | { at: 'ended'; how: Restored } | { at: 'failed'; error: unknown };

/** Restores a backup: its name is typed first; then it waits until the server answers again and says how it went. */
export function RestoreDialog({ backup, onClose }: { backup: string; onClose: () => void }) {
  const { t } = useTranslation('backups');
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<State>({ at: 'asking' });
  const busy = state.at === 'running' || state.at === 'waiting';

  const begin = async (event: FormEvent) => {
    event.preventDefault();
    if (typed !== backup || busy) return;
    setState({ at: 'running' });
    try {
      const how = await restore(backup, () => setState({ at: 'waiting' }));
      setState({ at: 'ended', how });
      await client.invalidateQueries();
    } catch (error) {
      setState({ at: 'failed', error });
    }
  };

  return (
    <Modal opened onClose={onClose} title={t('restore.title')} size="lg" closeOnClickOutside={!busy} closeOnEscape={!busy} withCloseButton={!busy}>
      {state.at === 'ended' ? (
        <Stack>
          <Alert
            color={state.how === 'unknown' ? 'yellow' : 'green'}
            variant="light"
            icon={<CircleCheck aria-hidden />}
            title={t(`restore.ended.${state.how}`)}
            role="status"
          >
            {t(`restore.endedText.${state.how}`, { key: backup })}
          </Alert>
          <Group justify="end">
            <Button onClick={onClose} data-autofocus>
              {t('restore.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={begin}>
          <Stack>
            <Alert color="red" variant="light" icon={<TriangleAlert aria-hidden />} title={t('restore.warning')}>
              <List size="sm" spacing={4}>
                <List.Item>{t('restore.lost')}</List.Item>
                <List.Item>{t('restore.whole')}</List.Item>
                <List.Item>{t('restore.sessions')}</List.Item>
              </List>
            </Alert>
            <Text size="sm">{t('restore.first')}</Text>
            <TextInput
              label={t('restore.type', { key: backup })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              disabled={busy}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
            />
            {(state.at === 'running' || state.at === 'waiting') && <Elapsed key={state.at} text={t(`restore.${state.at}`)} />}
            {state.at === 'failed' && <ErrorState error={state.error} />}
            <Group justify="end">
              <Button variant="default" onClick={onClose} disabled={busy}>
                {t('restore.cancel')}
              </Button>
              <Button type="submit" color="red" disabled={typed !== backup} loading={busy}>
                {t('restore.action')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

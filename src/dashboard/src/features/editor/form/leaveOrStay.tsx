import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { words } from '~/i18n';

/** What to do with changes that are not stored: go on editing, go and keep them in this browser, or forget them. */
export function leaveOrStay(): Promise<'stay' | 'keep' | 'discard'> {
  return new Promise((resolve) => {
    let choice: 'stay' | 'keep' | 'discard' = 'stay';
    const t = (key: 'title' | 'text' | 'stay' | 'keep' | 'discard') => words.t(`leave.${key}`, { ns: 'editor' });
    const id = modals.open({
      title: t('title'),
      onClose: () => resolve(choice),
      children: (
        <Stack>
          <Text size="sm">{t('text')}</Text>
          <Group justify="end" gap="xs">
            <Button variant="subtle" color="red" onClick={() => end('discard')}>
              {t('discard')}
            </Button>
            <Button variant="default" onClick={() => end('keep')}>
              {t('keep')}
            </Button>
            <Button data-autofocus onClick={() => end('stay')}>
              {t('stay')}
            </Button>
          </Group>
        </Stack>
      ),
    });
    const end = (what: typeof choice) => {
      choice = what;
      modals.close(id);
    };
  });
}

import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';
import type { Section } from './model';
import classes from './Settings.module.css';

/** Stays in view while something is not saved; Ctrl+S saves. */
export function SaveBar({ sections, saving, error, onDiscard }: { sections: Section[]; saving: boolean; error: unknown; onDiscard: () => void }) {
  const { t, i18n } = useTranslation(['settings', 'common']);
  const names = new Intl.ListFormat(i18n.language).format(sections.map((section) => t(`names.${section}`)));
  const problem = error ? problemOf(error) : undefined;
  useHotkeys([['mod+S', () => document.querySelector<HTMLFormElement>(`.${classes.form}`)?.requestSubmit()]], []);
  return (
    <Paper withBorder shadow="md" px="md" py="sm" className={classes.bar} role="region" aria-label={t('unsaved', { names })}>
      <Group justify="space-between" gap="sm">
        <Stack gap={2} flex="1 1 240px">
          <Text size="sm">{t('unsaved', { names })}</Text>
          {problem && (
            <Text size="sm" role="alert" className={classes.problem}>
              {problem.offline ? t('states.offline', { ns: 'common' }) : problem.message}
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          <Button variant="default" onClick={onDiscard} disabled={saving}>
            {t('discard')}
          </Button>
          <Button type="submit" loading={saving}>
            {t('save')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

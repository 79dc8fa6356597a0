import { Button, Group, Paper, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Section } from './model';
import classes from './Settings.module.css';

/** Stays in view while something is not saved; Ctrl+S saves. */
export function SaveBar({ sections, saving, onDiscard }: { sections: Section[]; saving: boolean; onDiscard: () => void }) {
  const { t, i18n } = useTranslation('settings');
  const names = new Intl.ListFormat(i18n.language).format(sections.map((section) => t(`names.${section}`)));
  useHotkeys([['mod+S', () => document.querySelector<HTMLFormElement>(`.${classes.form}`)?.requestSubmit()]], []);
  return (
    <Paper withBorder shadow="md" px="md" py="sm" className={classes.bar} role="region" aria-label={t('unsaved', { names })}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{t('unsaved', { names })}</Text>
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

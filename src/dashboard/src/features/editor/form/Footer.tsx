import { Box, Button, Group, Kbd, Progress, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './form.module.css';
import type { RecordForm } from './useRecordForm';

interface Foot {
  form: RecordForm;
  /** Whether it was stored since it was opened. */
  saved: boolean;
  isNew: boolean;
  /** Whether storing can close the form. */
  closes: boolean;
  gone: boolean;
  onSave: (close: boolean) => void;
  onDiscard: () => void;
}

/** How far storing is, what is changed, and the buttons. */
export function Footer({ form, saved, isNew, closes, gone, onSave, onDiscard }: Foot) {
  const { t } = useTranslation('editor');
  const { changed, progress, clashes } = form;
  const idle = !isNew && changed.length === 0;
  const blocked = gone || clashes.length > 0 || progress !== null;
  return (
    <Box className={classes.foot}>
      {progress && progress.share > 0 && (
        <Box mb="xs">
          <Text size="xs" c="dimmed" role="status">
            {progress.file
              ? t('progress.file', { name: progress.file, share: Math.round(progress.share * 100) })
              : t('progress.form', { share: Math.round(progress.share * 100) })}
          </Text>
          <Progress value={progress.share * 100} size="sm" mt={4} aria-label={t('progress.label')} />
        </Box>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" visibleFrom="xs" role="status">
          {changed.length > 0 ? t('changes', { count: changed.length }) : saved && t('saved')}
        </Text>
        <Group gap="xs" ml="auto">
          {changed.length > 0 && !isNew && (
            <Button variant="subtle" color="gray" onClick={onDiscard} disabled={progress !== null}>
              {t('discard')}
            </Button>
          )}
          {isNew || !closes ? (
            <Tooltip label={<Kbd size="xs">Ctrl+S</Kbd>}>
              <Button onClick={() => onSave(false)} loading={progress !== null} disabled={blocked || idle}>
                {t(isNew ? 'create' : 'save')}
              </Button>
            </Tooltip>
          ) : (
            <>
              <Tooltip label={<Kbd size="xs">Ctrl+S</Kbd>}>
                <Button variant="default" visibleFrom="xs" onClick={() => onSave(false)} disabled={blocked || idle}>
                  {t('save')}
                </Button>
              </Tooltip>
              <Button onClick={() => onSave(true)} loading={progress !== null} disabled={blocked || idle}>
                {t('saveAndClose')}
              </Button>
            </>
          )}
        </Group>
      </Group>
    </Box>
  );
}

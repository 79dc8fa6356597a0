import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { CircleAlert, FilePen, Trash2, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TimeText } from '~/ui/texts/TimeText';
import type { Draft } from '../model/drafts';
import { Clashes } from './Clashes';
import classes from './form.module.css';
import type { RecordForm } from './useRecordForm';

interface Told {
  form: RecordForm;
  gone: boolean;
  fromDraft: boolean;
  draft: Draft | null;
  onDiscard: () => void;
}

/** What somebody has to know before going on: an older draft, a change of others, a refusal. */
export function Notices({ form, gone, fromDraft, draft, onDiscard }: Told) {
  const { t } = useTranslation('editor');
  const { problem, clashes, taken } = form;
  const shown = new Set(form.fields.map(({ name }) => name));
  const wrong = Object.entries(problem?.fields ?? {}).filter(([, message]) => message);
  const elsewhere = wrong.filter(([name]) => !shown.has(name));
  const refused = problem && problem.status !== 412 ? problem : null;
  if (!gone && !fromDraft && !problem && clashes.length === 0 && taken.length === 0) return null;
  return (
    <Stack gap="sm" className={classes.notices}>
      {gone && (
        <Alert color="red" variant="light" icon={<Trash2 aria-hidden />} title={t('gone.title')} classNames={{ title: classes.strong }} role="alert">
          {t('gone.text')}
        </Alert>
      )}
      {fromDraft && (
        <Alert color="blue" variant="light" icon={<FilePen aria-hidden />} role="status">
          <Group justify="space-between" gap="xs">
            <Text size="sm" component="div">
              {t('draft.found')} <TimeText value={draft?.at} size="sm" />
            </Text>
            <Button size="compact-sm" variant="default" onClick={onDiscard}>
              {t('draft.discard')}
            </Button>
          </Group>
        </Alert>
      )}
      {clashes.length > 0 && <Clashes form={form} />}
      {clashes.length === 0 && taken.length > 0 && (
        <Alert
          color="blue"
          variant="light"
          icon={<UsersRound aria-hidden />}
          role="status"
          withCloseButton
          closeButtonLabel={t('hide')}
          onClose={() => form.setTaken([])}
        >
          {t('conflict.taken', { fields: taken.join(', ') })}
        </Alert>
      )}
      {problem?.status === 412 && clashes.length === 0 && (
        <Alert color="yellow" variant="light" icon={<UsersRound aria-hidden />} role="alert">
          {problem.message}
        </Alert>
      )}
      {refused && (
        <Alert
          color="red"
          variant="light"
          icon={<CircleAlert aria-hidden />}
          classNames={{ title: classes.strong }}
          title={refused.offline ? t('offline.title') : t('refused', { count: wrong.length })}
          role="alert"
        >
          <Text size="sm">{refused.offline ? t('offline.text') : wrong.length === 0 && refused.message}</Text>
          {wrong.length > 0 && (
            <List size="sm">
              {[...elsewhere, ...wrong.filter((one) => !elsewhere.includes(one))].map(([name, message]) => (
                <List.Item key={name}>
                  <b>{name}</b>: {message}
                </List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
    </Stack>
  );
}

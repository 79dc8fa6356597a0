import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientResponseError, pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { allSettings, type Settings } from '~/api/settings';
import { confirm } from '~/ui/actions/confirm';
import { useAct } from '~/ui/actions/useAct';
import { useUnsaved } from '~/ui/actions/useUnsaved';
import { changesOf, pathsOf } from './changes';
import type { Section } from './model';
import { SaveBar } from './SaveBar';
import { SectionList } from './SectionList';
import classes from './Settings.module.css';
import { sectionOf } from './sectionOf';
import { SectionFields } from './sections';

/** One form for all sections, so that going from one to another loses nothing. Only what was changed is sent. */
export function SettingsForm({ settings, section }: { settings: Settings; section: Section }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const form = useForm<Settings>({ initialValues: settings });
  const changes = useMemo(() => changesOf(settings, form.values), [settings, form.values]);
  const changed = pathsOf(changes);
  const unsaved = [...new Set(changed.map(sectionOf))];

  // What somebody else saved meanwhile is taken over where nothing was typed.
  const { setValues, setInitialValues, resetDirty } = form;
  const idle = changed.length === 0;
  useEffect(() => {
    setInitialValues(settings);
    if (!idle) return;
    setValues(settings);
    resetDirty(settings);
  }, [settings, idle, setValues, setInitialValues, resetDirty]);

  const save = useAct({
    do: ({ body, lockOut }: { body: object; lockOut: boolean }) =>
      pb.send<Settings>('/api/settings', { method: 'PATCH', body, query: lockOut ? { lockOut: true } : {} }),
    done: t('saved'),
    quiet: true,
    finished: (answer) => {
      form.setValues(answer);
      client.setQueryData(allSettings.queryKey, answer);
    },
  });
  useUnsaved(changed.length > 0, (path) => path.startsWith('/settings'));

  const send = (lockOut: boolean) =>
    save.mutate(
      { body: changes, lockOut },
      {
        onError: async (error) => {
          const { fields } = problemOf(error);
          form.setErrors(fields);
          if (!locksOut(error)) return;
          const sure = await confirm({ title: t('network.lockOutTitle'), text: t('network.lockOutText'), action: t('network.lockOutSave') });
          if (sure) send(true);
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.clearErrors();
    if (changed.length > 0) send(false);
  };
  const reset = () => {
    form.setValues({
      ...settings,
      smtp: { ...settings.smtp, password: undefined },
      s3: kept(settings.s3),
      backups: { ...settings.backups, s3: kept(settings.backups.s3) },
    });
    form.clearErrors();
    save.reset();
  };

  return (
    <div className={classes.page}>
      <SectionList current={section} unsaved={unsaved} faulty={[...new Set(Object.keys(form.errors).map(sectionOf))]} />
      <form onSubmit={submit} className={classes.form} noValidate>
        <SectionFields section={section} form={form} unsaved={unsaved.includes(section)} />
        {changed.length > 0 && <SaveBar sections={unsaved} saving={save.isPending} error={save.error} onDiscard={reset} />}
      </form>
    </div>
  );
}

const locksOut = (error: unknown) => error instanceof ClientResponseError && error.response.data?.superuserIPs?.code === 'validation_locks_out';

const kept = <T extends object>(bucket: T) => ({ ...bucket, secret: undefined });

import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { RestoreUpload } from '~/ui/RestoreUpload';
import { Card } from './Card';
import { withPassword } from './calls';

/** Making the first superuser, by the link that the server prints at its start; or bringing back a backup instead. */
export function SetUpPage() {
  const { t } = useTranslation('signin');
  const { token = '' } = useParams();
  const [restoring, setRestoring] = useState(false);
  const [restored, setRestored] = useState(false);
  const navigate = useNavigate();

  if (restored) {
    return (
      <Card title={t('setUp.restored')}>
        <Button onClick={() => navigate('/signin', { replace: true })}>{t('title')}</Button>
      </Card>
    );
  }
  return (
    <Card title={t('setUp.title')} hint={t('setUp.text')}>
      <SetUpForm token={token} />
      <Anchor component="button" type="button" size="sm" ta="start" aria-expanded={restoring} onClick={() => setRestoring(!restoring)}>
        {t('setUp.restore')}
      </Anchor>
      {restoring && (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('setUp.restoreText')}
          </Text>
          <RestoreUpload token={token} done={() => setRestored(true)} />
        </Stack>
      )}
    </Card>
  );
}

function SetUpForm({ token }: { token: string }) {
  const { t } = useTranslation(['signin', 'common']);
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { email: '', password: '', passwordConfirm: '' },
    validate: {
      email: (value) => (value ? null : t('setUp.noEmail')),
      password: (value) => (value.length < 8 ? t('setUp.short') : null),
      passwordConfirm: (value, { password }) => (value === password ? null : t('setUp.differ')),
    },
  });
  const making = useMutation({
    mutationFn: async (values: typeof form.values) => {
      await pb.collection('_superusers').create(values, { headers: { Authorization: token } });
      await withPassword(values.email, values.password);
    },
    onSuccess: () => navigate('/welcome', { replace: true }),
    onError: (error) => form.setErrors(problemOf(error).fields),
  });
  const refused = () => {
    const { status, message, offline, fields } = problemOf(making.error);
    if (offline) return t('states.offline', { ns: 'common' });
    if (Object.keys(fields).some((field) => field in form.values)) return null;
    return status === 401 || status === 403 ? t('setUp.ended') : message;
  };

  return (
    <form onSubmit={form.onSubmit((values) => making.mutate(values))} noValidate>
      <Stack gap="sm">
        <TextInput label={t('email')} type="email" autoComplete="username" autoFocus {...form.getInputProps('email')} />
        <PasswordInput
          label={t('password')}
          description={t('setUp.atLeast')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          {...form.getInputProps('password')}
        />
        <PasswordInput
          label={t('setUp.passwordAgain')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          {...form.getInputProps('passwordConfirm')}
        />
        {making.isError && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {refused()}
          </Text>
        )}
        <Button type="submit" mt={4} loading={making.isPending}>
          {t('setUp.create')}
        </Button>
      </Stack>
    </form>
  );
}

import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { pb, tellExpired } from '~/api/client';
import { problemOf } from '~/api/errors';
import { Part } from './Part';

/** Choosing a new password, with the current one. */
export function Password() {
  const { t } = useTranslation('account');
  const form = useForm({
    initialValues: { oldPassword: '', password: '', passwordConfirm: '' },
    validate: {
      password: (value) => (value.length < 8 ? t('password.short') : null),
      passwordConfirm: (value, { password }) => (value === password ? null : t('password.differ')),
    },
  });
  const changing = useMutation({
    mutationFn: async (values: typeof form.values) => {
      const own = pb.authStore.record;
      if (!own) return tellExpired();
      await pb.collection('_superusers').update(own.id, values);
      // All tokens of the account have ended, this one too. Who has a second factor is asked for it over the page.
      await pb
        .collection('_superusers')
        .authWithPassword(String(own.email), values.password)
        .catch(() => tellExpired());
    },
    onSuccess: () => {
      form.reset();
      notifications.show({ message: t('password.done'), color: 'green' });
    },
    onError: (error) => form.setErrors(problemOf(error).fields),
  });
  const fields = [
    ['oldPassword', 'password.old', 'current-password'],
    ['password', 'password.fresh', 'new-password'],
    ['passwordConfirm', 'password.again', 'new-password'],
  ] as const;

  return (
    <Part title={t('password.title')} hint={t('password.hint')} error={Object.keys(form.errors).length === 0 ? changing.error : null}>
      <form onSubmit={form.onSubmit((values) => changing.mutate(values))} noValidate>
        <Stack gap="sm" maw={360}>
          {fields.map(([name, label, complete]) => (
            <PasswordInput
              key={name}
              label={t(label)}
              autoComplete={complete}
              visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
              {...form.getInputProps(name)}
            />
          ))}
          <Group>
            <Button type="submit" loading={changing.isPending}>
              {t('password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  );
}

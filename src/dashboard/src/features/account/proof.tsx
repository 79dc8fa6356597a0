import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientResponseError } from '~/api/client';

/** Asks for the password; null when it is not given. */
function askPassword(title: string): Promise<string | null> {
  return new Promise((resolve) => {
    const id = modals.open({
      title,
      children: (
        <PasswordForm
          done={(password) => {
            resolve(password);
            modals.close(id);
          }}
        />
      ),
      onClose: () => resolve(null),
    });
  });
}

function PasswordForm({ done }: { done: (password: string) => void }) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done(password);
      }}
    >
      <Stack>
        <Text size="sm">{t('proof.text')}</Text>
        <PasswordInput
          label={t('proof.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Button type="submit">{t('proof.go')}</Button>
      </Stack>
    </form>
  );
}

/** Does what needs a fresh proof: tries, and asks for the password when the sign-in is too old for it. Null when it was called off. */
export async function withProof<T>(title: string, work: (proof: { password?: string }) => Promise<T>): Promise<T | null> {
  try {
    return await work({});
  } catch (error) {
    if (!(error instanceof ClientResponseError) || error.status !== 403) throw error;
    const password = await askPassword(title);
    return password === null ? null : work({ password });
  }
}

import { Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { pb } from '~/api/client';
import { ErrorState } from '~/ui/States';

/** Signing in as a superuser. */
export function SignInPage() {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>();
  const [search] = useSearchParams();
  const navigate = useNavigate();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await pb.collection('_superusers').authWithPassword(email, password);
      navigate(search.get('to') ?? '/', { replace: true });
    } catch (thrown) {
      setError(thrown);
    }
  };

  return (
    <Center mih="100vh" component="main">
      <Paper withBorder p="xl" w={380}>
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {t('title')}
            </Title>
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              required
            />
            <PasswordInput
              label={t('password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              required
            />
            {error !== undefined && <ErrorState error={error} />}
            <Button type="submit">{t('title')}</Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

/** Making the first superuser. */
export function SetUpPage() {
  return null;
}

/** Where the links of mails lead. */
export function AuthLinkPage() {
  return null;
}

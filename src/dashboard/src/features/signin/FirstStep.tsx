import { Anchor, Button, Divider, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passkeysWork } from '~/api/passkeys';
import { AddressInput } from './AddressInput';
import { type Asked, askedBy, type Methods, withPasskey, withPassword } from './calls';
import { Wrong } from './Wrong';

interface FirstStepProps {
  methods: Methods;
  /** Whose sign-in ended; then the address stands. */
  known?: string;
  done: () => void;
  ask: (asked: Asked, email: string) => void;
  byMail: (email: string) => void;
  forgotten: (email: string) => void;
}

/** The first proof: a passkey, a password, or a code by e-mail, as the server offers them. Sign-in services are not for superusers. */
export function FirstStep({ methods, known, done, ask, byMail, forgotten }: FirstStepProps) {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const proof = useMutation({
    mutationFn: async ({ first, work }: { first: Asked['first']; work: () => Promise<void> }) => {
      try {
        await work();
        done();
      } catch (error) {
        const asked = askedBy(error, first);
        if (!asked) throw error;
        ask(asked, email);
      }
    },
  });
  const withKey = methods.passkeys?.enabled && passkeysWork();

  return (
    <Stack gap="md">
      {withKey && (
        <Button leftSection={<Fingerprint size={18} aria-hidden />} onClick={() => proof.mutate({ first: 'passkey', work: () => withPasskey() })}>
          {t('passkey')}
        </Button>
      )}
      {withKey && methods.password.enabled && <Divider label={t('or')} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          proof.mutate({ first: 'password', work: () => withPassword(email, password) });
        }}
      >
        <Stack gap="sm">
          <AddressInput value={email} onChange={setEmail} autoComplete="username webauthn" readOnly={known !== undefined} />
          {methods.password.enabled && (
            <PasswordInput
              label={t('password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              data-autofocus={known !== undefined || undefined}
              required
              withAsterisk={false}
            />
          )}
          <Wrong error={proof.error} refused={proof.variables?.first === 'passkey' ? t('passkeyUnknown') : t('wrong')} />
          {methods.password.enabled && (
            <Button type="submit" mt={4} variant={withKey ? 'default' : 'filled'} loading={proof.isPending}>
              {t('title')}
            </Button>
          )}
        </Stack>
      </form>
      {methods.otp.enabled && (
        <Button variant="default" onClick={() => byMail(email)}>
          {t('byMail')}
        </Button>
      )}
      {methods.password.enabled && (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={() => forgotten(email)}>
          {t('forgotten')}
        </Anchor>
      )}
    </Stack>
  );
}

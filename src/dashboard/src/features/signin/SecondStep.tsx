import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Asked, type Methods, passkeysWork, withApp, withPasskey, withPassword, withRecoveryCode } from './calls';
import { Wrong } from './Wrong';

interface SecondStepProps {
  asked: Asked;
  methods: Methods;
  email: string;
  done: () => void;
  byMail: () => void;
}

/** The second proof, of the kinds that this account has. */
export function SecondStep({ asked, methods, email, done, byMail }: SecondStepProps) {
  const { t } = useTranslation('signin');
  const has = (factor: string) => asked.factors.includes(factor);
  const [way, setWay] = useState<'totp' | 'recovery-code'>(has('totp') ? 'totp' : 'recovery-code');
  const [code, setCode] = useState('');
  const proof = useMutation({ mutationFn: (work: () => Promise<void>) => work(), onSuccess: done });
  const withKey = passkeysWork() && (has('passkey') || (asked.factors.length === 0 && methods.passkeys?.enabled)) && asked.first !== 'passkey';
  const withCode = has('totp') || has('recovery-code');
  const own = asked.factors.length === 0;

  return (
    <Stack gap="md">
      {withKey && (
        <Button leftSection={<Fingerprint size={18} aria-hidden />} onClick={() => proof.mutate(() => withPasskey(asked.mfaId))}>
          {t('passkey')}
        </Button>
      )}
      {withCode && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            proof.mutate(() => (way === 'totp' ? withApp(asked.mfaId, code) : withRecoveryCode(asked.mfaId, code)));
          }}
        >
          <Stack gap="sm">
            <TextInput
              key={way}
              label={way === 'totp' ? t('second.totp') : t('second.recovery')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="one-time-code"
              inputMode={way === 'totp' ? 'numeric' : 'text'}
              autoFocus
              required
              withAsterisk={false}
            />
            <Button type="submit" loading={proof.isPending} variant={withKey ? 'default' : 'filled'}>
              {t('second.use')}
            </Button>
          </Stack>
        </form>
      )}
      {own && asked.first !== 'password' && methods.password.enabled && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            proof.mutate(() => withPassword(email, code, asked.mfaId));
          }}
        >
          <Stack gap="sm">
            <PasswordInput
              label={t('second.password')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              required
              withAsterisk={false}
            />
            <Button type="submit" loading={proof.isPending}>
              {t('title')}
            </Button>
          </Stack>
        </form>
      )}
      <Wrong error={proof.error} refused={t('second.wrong')} />
      {own && asked.first !== 'otp' && methods.otp.enabled && (
        <Button variant="default" onClick={byMail}>
          {t('byMail')}
        </Button>
      )}
      {has('totp') && has('recovery-code') && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          onClick={() => {
            setWay(way === 'totp' ? 'recovery-code' : 'totp');
            setCode('');
          }}
        >
          {way === 'totp' ? t('second.noPhone') : t('second.hasPhone')}
        </Anchor>
      )}
    </Stack>
  );
}

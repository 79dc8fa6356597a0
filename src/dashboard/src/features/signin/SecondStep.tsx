import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passkeysWork } from '~/api/passkeys';
import { AddressInput } from './AddressInput';
import { type Asked, type Methods, withApp, withPasskey, withPassword, withRecoveryCode } from './calls';
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
  const [address, setAddress] = useState(email);
  const [password, setPassword] = useState('');
  const proof = useMutation({
    mutationFn: ({ work }: { by: 'passkey' | 'code' | 'password'; work: () => Promise<void> }) => work(),
    onSuccess: done,
  });
  const withKey = passkeysWork() && has('passkey') && asked.first !== 'passkey';
  const withCode = has('totp') || has('recovery-code');
  // Who has added an app wants more than what one mailbox opens. From everybody else the server takes any two.
  const any = !has('totp');
  const refused = () => {
    const by = proof.variables?.by;
    if (by === 'password') return t('second.wrongPassword');
    return by === 'passkey' ? t('passkeyUnknown') : t('second.wrong');
  };

  return (
    <Stack gap="md">
      {withKey && (
        <Button
          leftSection={<Fingerprint size={18} aria-hidden />}
          onClick={() => proof.mutate({ by: 'passkey', work: () => withPasskey(asked.mfaId) })}
        >
          {t('passkey')}
        </Button>
      )}
      {withCode && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            proof.mutate({ by: 'code', work: () => (way === 'totp' ? withApp(asked.mfaId, code) : withRecoveryCode(asked.mfaId, code)) });
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
      {any && asked.first !== 'password' && methods.password.enabled && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            proof.mutate({ by: 'password', work: () => withPassword(address, password, asked.mfaId) });
          }}
        >
          <Stack gap="sm">
            {!email && <AddressInput value={address} onChange={setAddress} autoComplete="username" />}
            <PasswordInput
              label={t('second.password')}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
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
      <Wrong error={proof.error} refused={refused()} />
      {any && asked.first !== 'otp' && methods.otp.enabled && (
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

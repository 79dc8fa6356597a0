import { Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressInput } from './AddressInput';
import { requestCode, requestLink, withMailedCode } from './calls';
import { Wrong } from './Wrong';

const submitting = (work: () => void) => (event: FormEvent) => {
  event.preventDefault();
  work();
};

interface CodeStepProps {
  email: string;
  mfaId?: string;
  done: () => void;
  /** Goes on to a second proof of who has this address; false when that is not what the error asks for. */
  ask: (error: unknown, email: string) => boolean;
}

/** A code by e-mail: where to, then which. */
export function CodeStep({ email: first, mfaId, done, ask }: CodeStepProps) {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState(first);
  const [code, setCode] = useState('');
  const sending = useMutation({ mutationFn: () => requestCode(email) });
  const using = useMutation({
    mutationFn: async (otpId: string) => {
      try {
        await withMailedCode(otpId, code, mfaId);
        done();
      } catch (error) {
        if (!ask(error, email)) throw error;
      }
    },
  });
  const otpId = sending.data;

  if (otpId === undefined) {
    return (
      <form onSubmit={submitting(() => sending.mutate())}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('code.text')}
          </Text>
          <AddressInput value={email} onChange={setEmail} />
          <Wrong error={sending.error} refused={t('setUp.noEmail')} />
          <Button type="submit" loading={sending.isPending}>
            {t('code.send')}
          </Button>
        </Stack>
      </form>
    );
  }
  return (
    <form onSubmit={submitting(() => using.mutate(otpId))}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('code.sent', { email })}
        </Text>
        <TextInput
          label={t('code.label')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
          withAsterisk={false}
        />
        <Wrong error={using.error} refused={t('code.wrong')} />
        <Button type="submit" loading={using.isPending}>
          {t('code.use')}
        </Button>
      </Stack>
    </form>
  );
}

/** A link to a new password; and what to do where no mail is sent. */
export function ForgottenStep({ email: first }: { email: string }) {
  const { t } = useTranslation('signin');
  const [email, setEmail] = useState(first);
  const sending = useMutation({ mutationFn: () => requestLink(email) });

  if (sending.isSuccess) {
    return (
      <Stack gap="sm" role="status">
        <Text fw={600}>{t('forgot.sentTitle')}</Text>
        <Text size="sm">{t('forgot.sent')}</Text>
        <Text size="sm" c="dimmed">
          {t('forgot.noMail')}
        </Text>
        <Code block>hearth superuser update {email}</Code>
      </Stack>
    );
  }
  return (
    <form onSubmit={submitting(() => sending.mutate())}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('forgot.text')}
        </Text>
        <AddressInput value={email} onChange={setEmail} />
        <Wrong error={sending.error} refused={t('setUp.noEmail')} />
        <Button type="submit" loading={sending.isPending}>
          {t('forgot.send')}
        </Button>
      </Stack>
    </form>
  );
}

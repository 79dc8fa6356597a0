import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { AuthenticatorApp } from './AuthenticatorApp';
import { options } from './model';
import { Passkeys } from './Passkeys';
import { Password } from './Password';
import { RecoveryCodes } from './RecoveryCodes';
import { Sessions } from './Sessions';

/** The own account of the superuser who is signed in. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const own = useQuery(options);
  const totp = own.data?.totp?.enabled ?? false;
  const keys = own.data?.passkeys?.enabled ?? false;

  return (
    <PageFrame title={t('title')} hint={t('hint', { email: String(pb.authStore.record?.email ?? '') })}>
      {own.isError && <ErrorState error={own.error} retry={() => own.refetch()} />}
      {own.isPending && <Loading />}
      {own.data && (
        <Stack maw={760}>
          <Password />
          <Passkeys on={keys} />
          <AuthenticatorApp on={totp} />
          <RecoveryCodes on={totp || keys} />
          <Sessions />
        </Stack>
      )}
    </PageFrame>
  );
}

import { Stack } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { AccountMails } from './AccountMails';
import { LinkedRows } from './LinkedRows';
import { SignInAs } from './SignInAs';
import { SignOutEverywhere } from './SignOutEverywhere';

/** What can be done for an account: mails, signing in as it, its sessions, passkeys and linked services. */
export function Account({ collection, record }: { collection: CollectionModel; record: RecordModel }) {
  const { t } = useTranslation('editor');
  const own = { collection, record };
  return (
    <Stack gap="xl">
      <AccountMails {...own} />
      <SignInAs {...own} />
      <LinkedRows {...own} from="_sessions" title={t('account.sessions')} nothing={t('account.noSessions')} action={t('account.endSession')}>
        {({ device, ip, method }) => [String(device || method), String(ip)]}
      </LinkedRows>
      <SignOutEverywhere {...own} />
      <LinkedRows {...own} from="_passkeys" title={t('account.passkeys')} nothing={t('account.noPasskeys')} action={t('account.removePasskey')}>
        {({ name }) => [String(name || t('account.passkey')), '']}
      </LinkedRows>
      <LinkedRows {...own} from="_externalAuths" title={t('account.services')} nothing={t('account.noServices')} action={t('account.unlink')}>
        {({ provider, providerId }) => [String(provider), String(providerId)]}
      </LinkedRows>
    </Stack>
  );
}

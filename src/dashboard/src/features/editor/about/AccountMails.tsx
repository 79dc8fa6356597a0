import { Button, Group, Text } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { Section } from './Section';
import { tell } from './tell';

/** Mails that help somebody to sign in. */
export function AccountMails({ collection, record }: { collection: CollectionModel; record: RecordModel }) {
  const { t } = useTranslation('editor');
  const [busy, setBusy] = useState('');
  const email = String(record.email ?? '');
  const service = pb.collection(collection.name);
  const send = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what);
    await tell(work, t('account.sent', { email }));
    setBusy('');
  };
  return (
    <Section title={t('account.mails')} hint={email ? t('account.mailsTo', { email }) : undefined}>
      {email ? (
        <Group gap="xs">
          {collection.name !== '_superusers' && !record.verified && (
            <Button variant="default" loading={busy === 'verify'} onClick={() => send('verify', () => service.requestVerification(email))}>
              {t('account.verify')}
            </Button>
          )}
          <Button variant="default" loading={busy === 'reset'} onClick={() => send('reset', () => service.requestPasswordReset(email))}>
            {t('account.reset')}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t('account.noEmail')}</Text>
      )}
    </Section>
  );
}

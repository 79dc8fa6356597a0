import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import type { RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { passkeysWork, passkeyTrouble } from '~/api/passkeys';
import { confirm } from '~/ui/actions/confirm';
import { TimeText } from '~/ui/texts/TimeText';
import { passkeys, send } from './model';
import { Part, TurnOn } from './Part';
import { withProof } from './proof';

/** The passkeys of the account. */
export function Passkeys({ on }: { on: boolean }) {
  const { t, i18n } = useTranslation('account');
  const client = useQueryClient();
  const list = useQuery(passkeys);
  const again = () => client.invalidateQueries({ queryKey: ['account'] });
  const works = passkeysWork();
  const adding = useMutation({
    mutationFn: async () => {
      const { startRegistration } = await import('@simplewebauthn/browser');
      type Options = Parameters<typeof startRegistration>[0]['optionsJSON'];
      const begun = await withProof(t('proof.title'), (proof) => send<{ options: Options; ceremony: string }>('passkeys/begin', proof));
      if (!begun) return;
      const credential = await startRegistration({ optionsJSON: begun.options }).catch((error) => {
        const trouble = passkeyTrouble(error);
        throw trouble ? new Error(t(`passkeys.${trouble}`)) : error;
      });
      const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date());
      await send('passkeys/finish', { ceremony: begun.ceremony, credential, name: t('passkeys.name', { date }) });
      notifications.show({ message: t('passkeys.added'), color: 'green' });
    },
    onSuccess: again,
  });
  const removing = useMutation({
    mutationFn: async (passkey: RecordModel) => {
      const question = { title: t('passkeys.ask'), text: t('passkeys.lost', { name: passkey.name }), action: t('remove') };
      if (await confirm(question)) await withProof(t('proof.title'), (proof) => pb.collection('_passkeys').delete(passkey.id, { body: proof }));
    },
    onSuccess: again,
  });

  return (
    <Part
      title={t('passkeys.title')}
      hint={t('passkeys.hint')}
      error={list.error ?? adding.error ?? removing.error}
      action={
        on &&
        works && (
          <Button variant="default" leftSection={<Fingerprint size={16} aria-hidden />} loading={adding.isPending} onClick={() => adding.mutate()}>
            {t('passkeys.add')}
          </Button>
        )
      }
    >
      {!on && <TurnOn way="passkeys" />}
      {!works && <Text size="sm">{t('passkeys.insecure')}</Text>}
      {on && list.data?.length === 0 && <Text size="sm">{t('passkeys.none')}</Text>}
      {list.data?.map((passkey) => (
        <Group key={passkey.id} justify="space-between">
          <div>
            <Text size="sm" fw={500}>
              {String(passkey.name)}
            </Text>
            <Text size="xs" c="dimmed">
              {t('passkeys.lastUsed')} <TimeText value={String(passkey.lastUsed ?? '')} inherit />
            </Text>
          </div>
          <Button size="xs" variant="default" onClick={() => removing.mutate(passkey)} aria-label={`${t('remove')}: ${passkey.name}`}>
            {t('remove')}
          </Button>
        </Group>
      ))}
    </Part>
  );
}

import { Button, Code, Group, Image, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '~/ui/actions/confirm';
import { apps, send } from './model';
import { Part, TurnOn } from './Part';
import { withProof } from './proof';

interface Begun {
  secret: string;
  qr: string;
}

/** The authenticator app of the account. */
export function AuthenticatorApp({ on }: { on: boolean }) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const list = useQuery(apps);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [code, setCode] = useState('');
  const again = () => client.invalidateQueries({ queryKey: ['account'] });
  const beginning = useMutation({ mutationFn: () => withProof(t('proof.title'), (proof) => send<Begun>('totp/begin', proof)), onSuccess: setBegun });
  const confirming = useMutation({
    mutationFn: () => send('totp/confirm', { code: code.replaceAll(' ', '') }),
    onSuccess: () => {
      setBegun(null);
      setCode('');
      return again();
    },
  });
  const removing = useMutation({
    mutationFn: async () => {
      if (await confirm({ title: t('app.ask'), text: t('app.lost'), action: t('remove') }))
        await withProof(t('proof.title'), (proof) => send('totp/remove', proof));
    },
    onSuccess: again,
  });
  const added = (list.data?.length ?? 0) > 0;

  return (
    <Part
      title={t('app.title')}
      hint={t('app.hint')}
      error={list.error ?? beginning.error ?? confirming.error ?? removing.error}
      action={
        on &&
        list.data &&
        !begun && (
          <Button variant="default" loading={beginning.isPending || removing.isPending} onClick={() => (added ? removing : beginning).mutate()}>
            {added ? t('remove') : t('app.begin')}
          </Button>
        )
      }
    >
      {!on && <TurnOn way="totp" />}
      {on && list.data && !begun && <Text size="sm">{added ? t('app.added') : t('app.none')}</Text>}
      {begun && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            confirming.mutate();
          }}
        >
          <Group align="start" gap="lg">
            <Image src={begun.qr} alt={t('app.picture')} w={180} h={180} bg="white" p={6} />
            <Stack gap="sm" flex={1} miw={220} maw={380}>
              <Text size="sm">{t('app.scan')}</Text>
              <Text size="sm">
                {t('app.secret')}: <Code>{begun.secret}</Code>
              </Text>
              <TextInput
                label={t('app.code')}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                withAsterisk={false}
              />
              <Group>
                <Button type="submit" loading={confirming.isPending}>
                  {t('app.confirm')}
                </Button>
              </Group>
            </Stack>
          </Group>
        </form>
      )}
    </Part>
  );
}

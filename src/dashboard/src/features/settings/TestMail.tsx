import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { useCollections } from '~/api/queries';
import { useAct } from '~/ui/actions/useAct';
import { ErrorState } from '~/ui/States';
import { Block, Pair } from './Fields';

const templates = ['verification', 'password-reset', 'email-change', 'otp', 'login-alert'] as const;

/** Sends one mail with the saved settings, to see whether it arrives and what it looks like. */
export function TestMail({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation('settings');
  const accounts = useCollections()?.filter(({ type }) => type === 'auth') ?? [];
  const [to, setTo] = useState<string>(String(pb.authStore.record?.email ?? ''));
  const [template, setTemplate] = useState<string>('verification');
  const [collection, setCollection] = useState<string>();
  const chosen = collection ?? accounts.find(({ system }) => !system)?.name ?? '_superusers';
  const send = useAct({ do: () => pb.settings.testEmail(chosen, to, template), done: t('test.mailSent', { to }), refresh: [['mails']], quiet: true });
  const faults = send.error ? problemOf(send.error).fields : {};
  return (
    <Block title={t('test.mail')} hint={t('test.mailHint')}>
      <TextInput label={t('test.to')} type="email" value={to} onChange={(event) => setTo(event.currentTarget.value)} error={faults.email} />
      <Pair>
        <Select
          label={t('test.template')}
          allowDeselect={false}
          value={template}
          onChange={(value) => value && setTemplate(value)}
          data={templates.map((value) => ({ value, label: t(`test.templates.${value}`) }))}
          error={faults.template}
        />
        <Select
          label={t('test.collection')}
          allowDeselect={false}
          value={chosen}
          onChange={(value) => value && setCollection(value)}
          data={accounts.map(({ name }) => name)}
          error={faults.collection}
        />
      </Pair>
      {send.isError && <ErrorState error={send.error} />}
      <Group>
        <Button variant="default" onClick={() => send.mutate()} loading={send.isPending} disabled={!to || unsaved}>
          {t('test.send')}
        </Button>
        {unsaved && (
          <Text size="sm" c="dimmed">
            {t('test.saveFirst')}
          </Text>
        )}
      </Group>
    </Block>
  );
}

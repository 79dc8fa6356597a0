import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Block, Count, Pair, Secret, Toggle } from '../Fields';
import { TestMail } from '../TestMail';
import type { SectionProps } from '.';

/** Who mails come from, and the server that sends them. */
export function MailSection({ form, unsaved }: SectionProps) {
  const { t } = useTranslation('settings');
  const on = form.values.smtp.enabled;
  return (
    <>
      <Block title={t('mail.sender')} hint={t('mail.senderHint')}>
        <Pair>
          <TextInput label={t('mail.senderName')} required maxLength={255} {...form.getInputProps('meta.senderName')} />
          <TextInput label={t('mail.senderAddress')} type="email" required {...form.getInputProps('meta.senderAddress')} />
        </Pair>
      </Block>
      <Block title={t('mail.server')} hint={t('mail.serverHint')}>
        <Toggle form={form} path="smtp.enabled" label={t('mail.enabled')} />
        {on && (
          <>
            <Pair>
              <TextInput label={t('mail.host')} required {...form.getInputProps('smtp.host')} />
              <Count form={form} path="smtp.port" label={t('mail.port')} required min={1} max={65535} thousandSeparator="" />
            </Pair>
            <Pair>
              <TextInput label={t('mail.username')} autoComplete="off" {...form.getInputProps('smtp.username')} />
              <Secret form={form} path="smtp.password" label={t('mail.password')} />
            </Pair>
            <Toggle form={form} path="smtp.tls" label={t('mail.tls')} description={t('mail.tlsHint')} />
            <Pair>
              <Select
                label={t('mail.method')}
                allowDeselect={false}
                data={[
                  { value: '', label: t('mail.methodDefault') },
                  { value: 'PLAIN', label: 'PLAIN' },
                  { value: 'LOGIN', label: 'LOGIN' },
                ]}
                {...form.getInputProps('smtp.authMethod')}
              />
              <TextInput label={t('mail.localName')} placeholder="localhost" {...form.getInputProps('smtp.localName')} />
            </Pair>
          </>
        )}
      </Block>
      <TestMail unsaved={unsaved} />
    </>
  );
}

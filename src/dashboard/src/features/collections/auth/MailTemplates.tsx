import { Accordion, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TabProps } from '../edit/tabs';
import type { AuthOptions, MailTemplate } from '../model/authOptions';
import { Part } from './Part';

type TemplateKey = 'verificationTemplate' | 'resetPasswordTemplate' | 'confirmEmailChangeTemplate' | 'otp' | 'authAlert';

const marks: Record<TemplateKey, string[]> = {
  verificationTemplate: ['{TOKEN}'],
  resetPasswordTemplate: ['{TOKEN}'],
  confirmEmailChangeTemplate: ['{TOKEN}'],
  otp: ['{OTP}', '{OTP_ID}'],
  authAlert: ['{ALERT_INFO}'],
};

/** The mails that the server sends to accounts of the collection. */
export function MailTemplates({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation('collections');
  const errors = errorsAt('');

  const template = (key: TemplateKey): MailTemplate | undefined => (key === 'otp' || key === 'authAlert' ? draft[key]?.emailTemplate : draft[key]);
  const set = (key: TemplateKey, change: Partial<MailTemplate>) =>
    onChange((before) => {
      const old = before[key] as AuthOptions[TemplateKey];
      const next = 'emailTemplate' in old ? { ...old, emailTemplate: { ...old.emailTemplate, ...change } } : { ...old, ...change };
      return { ...before, [key]: next };
    });

  return (
    <Part title={t('mails.title')} hint={t('mails.hint')}>
      <Switch
        label={t('mails.alert')}
        description={t('mails.alertHint')}
        checked={draft.authAlert?.enabled ?? false}
        onChange={(event) => {
          const enabled = event.currentTarget.checked;
          onChange((before) => (before.authAlert ? { ...before, authAlert: { ...before.authAlert, enabled } } : before));
        }}
      />
      <Accordion variant="separated">
        {(Object.keys(marks) as TemplateKey[]).map((key) => {
          const text = template(key);
          if (!text) return null;
          const at = key === 'otp' || key === 'authAlert' ? `${key}.emailTemplate` : key;
          return (
            <Accordion.Item key={key} value={key}>
              <Accordion.Control>{t(`mails.${key}`)}</Accordion.Control>
              <Accordion.Panel>
                <TextInput
                  label={t('mails.subject')}
                  value={text.subject}
                  error={errors[`${at}.subject`]}
                  onChange={(event) => set(key, { subject: event.currentTarget.value })}
                  mb="sm"
                />
                <Textarea
                  label={t('mails.body')}
                  description={t('mails.marks', { marks: ['{APP_NAME}', '{APP_URL}', ...marks[key], '{RECORD:name}'].join(' ') })}
                  autosize
                  minRows={6}
                  maxRows={20}
                  value={text.body}
                  error={errors[`${at}.body`]}
                  onChange={(event) => set(key, { body: event.currentTarget.value })}
                  styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } }}
                />
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Part>
  );
}

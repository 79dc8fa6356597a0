import { Button, Code, Group, JsonInput, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../model/authOptions';

interface ProviderFormProps {
  opened: boolean;
  title: string;
  provider: Provider;
  errors: Record<string, string>;
  onChange: (change: Partial<Provider>) => void;
  onClose: () => void;
}

/** What a sign-in service needs to know of the app, and the app of the service. */
export function ProviderForm({ opened, title, provider, errors, onChange, onClose }: ProviderFormProps) {
  const { t } = useTranslation(['collections', 'common']);
  const [extra, setExtra] = useState(provider.extra ? JSON.stringify(provider.extra, null, 2) : '');
  const kept = provider.clientSecret === undefined;

  const text = (name: 'clientId' | 'displayName' | 'authURL' | 'tokenURL' | 'userInfoURL') => (
    <TextInput
      label={t(`providers.${name}`)}
      value={provider[name]}
      error={errors[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );

  const readExtra = (value: string) => {
    setExtra(value);
    if (value.trim() === '') return onChange({ extra: null });
    try {
      onChange({ extra: JSON.parse(value) });
    } catch {
      // Half written; the last whole value stays until it is whole again.
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('actions.close', { ns: 'common' }) }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('providers.redirect')} <Code>{new URL('../api/oauth2-redirect', location.origin + location.pathname).href}</Code>
        </Text>
        {text('clientId')}
        <PasswordInput
          label={t('providers.clientSecret')}
          placeholder={kept ? t('providers.kept') : undefined}
          value={provider.clientSecret ?? ''}
          error={errors.clientSecret}
          autoComplete="new-password"
          onChange={(event) => onChange({ clientSecret: event.currentTarget.value || undefined })}
        />
        {text('displayName')}
        {text('authURL')}
        {text('tokenURL')}
        {text('userInfoURL')}
        <Select
          label={t('providers.pkce')}
          data={[
            { value: 'auto', label: t('providers.pkceAuto') },
            { value: 'on', label: t('providers.pkceOn') },
            { value: 'off', label: t('providers.pkceOff') },
          ]}
          value={provider.pkce === null ? 'auto' : provider.pkce ? 'on' : 'off'}
          allowDeselect={false}
          onChange={(value) => onChange({ pkce: value === 'auto' ? null : value === 'on' })}
        />
        <JsonInput
          label={t('providers.extra')}
          description={t('providers.extraHint')}
          placeholder='{"discoveryURL": "https://login.example.com"}'
          validationError={t('providers.extraWrong')}
          error={errors.extra}
          formatOnBlur
          autosize
          minRows={2}
          value={extra}
          onChange={readExtra}
        />
        <Group justify="end">
          <Button onClick={onClose}>{t('actions.close', { ns: 'common' })}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

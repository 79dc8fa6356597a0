import { Alert, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Block, Toggle } from '../Fields';
import { ownConnection } from '../model';
import type { SectionProps } from '.';

/** From where superusers may work, and how the address of a client is known behind a proxy. */
export function NetworkSection({ form }: SectionProps) {
  const { t } = useTranslation('settings');
  const own = useQuery(ownConnection).data;
  const { superuserIPs, trustedProxy } = form.values;
  const header = own?.possibleProxyHeader;
  return (
    <>
      <Alert icon={<Info aria-hidden />} variant="light" color="gray">
        <Text size="sm">{t('network.you', { address: own?.realIP ?? '…' })}</Text>
        {header && !trustedProxy.headers.includes(header) && <Text size="sm">{t('network.proxySeen', { header })}</Text>}
      </Alert>
      <Block title={t('network.superusers')} hint={t('network.superusersHint')}>
        <TagsInput
          label={t('network.addresses')}
          placeholder="203.0.113.7, 10.0.0.0/8"
          splitChars={[',', ' ']}
          {...form.getInputProps('superuserIPs')}
        />
        {superuserIPs.length > 0 && own?.realIP && !superuserIPs.includes(own.realIP) && (
          <Alert color="yellow" variant="light">
            {t('network.lockOut', { address: own.realIP })}
          </Alert>
        )}
      </Block>
      <Block title={t('network.proxy')} hint={t('network.proxyHint')}>
        <TagsInput
          label={t('network.headers')}
          placeholder="X-Forwarded-For"
          data={['X-Forwarded-For', 'X-Real-IP', 'CF-Connecting-IP', 'Fly-Client-IP']}
          splitChars={[',', ' ']}
          {...form.getInputProps('trustedProxy.headers')}
        />
        <Toggle form={form} path="trustedProxy.useLeftmostIP" label={t('network.leftmost')} description={t('network.leftmostHint')} />
      </Block>
    </>
  );
}

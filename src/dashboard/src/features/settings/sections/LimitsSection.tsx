import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Block, Count, Pair, Toggle } from '../Fields';
import { LimitRules } from '../LimitRules';
import type { SectionProps } from '.';

/** How often clients may ask, and how much at once. */
export function LimitsSection({ form }: SectionProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Block title={t('limits.title')} hint={t('limits.hint')}>
        <Toggle form={form} path="rateLimits.enabled" label={t('limits.enabled')} />
        <LimitRules form={form} />
        <TagsInput
          label={t('limits.excluded')}
          description={t('limits.excludedHint')}
          placeholder="10.0.0.0/8"
          splitChars={[',', ' ']}
          {...form.getInputProps('rateLimits.excludedIPs')}
        />
      </Block>
      <Block title={t('limits.batch')} hint={t('limits.batchHint')}>
        <Toggle form={form} path="batch.enabled" label={t('limits.batchEnabled')} />
        {form.values.batch.enabled && (
          <Pair>
            <Count form={form} path="batch.maxRequests" label={t('limits.batchRequests')} min={1} />
            <Count form={form} path="batch.timeout" label={t('limits.batchTimeout')} min={1} />
            <Count
              form={form}
              path="batch.maxBodySize"
              label={t('limits.batchBody')}
              description={t('limits.batchBodyHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
          </Pair>
        )}
      </Block>
    </>
  );
}

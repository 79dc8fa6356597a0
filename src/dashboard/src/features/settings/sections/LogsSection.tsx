import { Select, Slider, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Block, Count, Pair, Toggle } from '../Fields';
import type { SectionProps } from '.';

const levels = ['-4', '0', '4', '8'] as const;

/** What is noted of requests, for how long, and how long the audit log is kept. */
export function LogsSection({ form }: SectionProps) {
  const { t } = useTranslation('settings');
  const { journeys, logs } = form.values;
  const share = Math.round((journeys?.sample ?? 0) * 100);
  return (
    <>
      <Block title={t('logs.title')} hint={t('logs.hint')}>
        <Pair>
          <Count
            form={form}
            path="logs.maxDays"
            label={t('logs.maxDays')}
            description={t('logs.maxDaysHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <Select
            label={t('logs.level')}
            allowDeselect={false}
            data={levels.map((value) => ({ value, label: t(`logs.levels.${value}`) }))}
            value={String(logs.minLevel)}
            onChange={(value) => value !== null && form.setFieldValue('logs.minLevel', Number(value))}
            error={form.errors['logs.minLevel']}
          />
        </Pair>
        <Toggle form={form} path="logs.logIP" label={t('logs.ip')} />
        <Toggle form={form} path="logs.logAuthId" label={t('logs.authId')} />
      </Block>
      {journeys && (
        <Block title={t('logs.journeys')} hint={t('logs.journeysHint')}>
          <Count form={form} path="journeys.slowMs" label={t('logs.slow')} suffix=" ms" maw={220} />
          <Stack gap={6} pb="md">
            <Text size="sm" fw={500} id="journey-share">
              {t('logs.share', { share })}
            </Text>
            <Slider
              thumbProps={{ 'aria-labelledby': 'journey-share' }}
              value={share}
              onChange={(value) => form.setFieldValue('journeys.sample', value / 100)}
              label={(value) => `${value} %`}
              marks={[0, 25, 50, 75, 100].map((value) => ({ value, label: `${value} %` }))}
              mx="xs"
            />
          </Stack>
        </Block>
      )}
      <Block title={t('logs.audit')} hint={t('logs.auditHint')}>
        <Count form={form} path="audit.maxDays" label={t('logs.auditDays')} maw={220} />
      </Block>
    </>
  );
}

import { Anchor, Autocomplete, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CronText } from '~/ui/texts/CronText';
import { BucketFields } from '../BucketFields';
import { Block, Count, Pair } from '../Fields';
import type { SectionProps } from '.';

/** When backups are taken, how many are kept and where. */
export function BackupSection({ form, unsaved }: SectionProps) {
  const { t } = useTranslation('settings');
  const { cron } = form.values.backups;
  return (
    <>
      <Block
        title={t('backups.schedule')}
        hint={
          <>
            {t('backups.scheduleHint')}{' '}
            <Anchor component={Link} to="/backups" size="sm" underline="always">
              {t('backups.toList')}
            </Anchor>
          </>
        }
      >
        <Pair>
          <Autocomplete
            label={t('backups.cron')}
            placeholder={t('backups.cronNever')}
            data={['@daily', '@weekly', '@monthly', '0 */6 * * *', '30 2 * * *']}
            {...form.getInputProps('backups.cron')}
          />
          <Count form={form} path="backups.cronMaxKeep" label={t('backups.keep')} min={1} />
        </Pair>
        <Text size="sm" c="dimmed">
          {cron ? <CronText value={cron} next /> : t('backups.none')}
        </Text>
      </Block>
      <Block title={t('backups.history')} hint={t('backups.historyHint')}>
        <Count form={form} path="backups.historyDays" label={t('backups.historyDays')} maw={220} />
      </Block>
      <Block title={t('backups.place')} hint={t('backups.placeHint')}>
        <BucketFields form={form} path="backups.s3" place="backups" unsaved={unsaved} />
      </Block>
    </>
  );
}

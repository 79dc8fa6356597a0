import { useTranslation } from 'react-i18next';
import { BucketFields } from '../BucketFields';
import { Block, Toggle } from '../Fields';
import type { SectionProps } from '.';

/** Where the files of records are kept, and how. */
export function FilesSection({ form, unsaved }: SectionProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Block title={t('files.place')} hint={t('files.placeHint')}>
        <BucketFields form={form} path="s3" place="storage" unsaved={unsaved} />
      </Block>
      <Block title={t('files.encryption')}>
        <Toggle form={form} path="files.encrypt" label={t('files.encrypt')} description={t('files.encryptHint')} />
      </Block>
    </>
  );
}

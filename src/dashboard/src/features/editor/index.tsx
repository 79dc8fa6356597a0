import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function RecordPage() {
  const { t } = useTranslation('editor');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

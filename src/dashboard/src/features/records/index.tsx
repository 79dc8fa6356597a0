import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function RecordsPage() {
  const { t } = useTranslation('records');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

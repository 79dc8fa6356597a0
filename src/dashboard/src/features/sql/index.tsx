import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function SqlPage() {
  const { t } = useTranslation('sql');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

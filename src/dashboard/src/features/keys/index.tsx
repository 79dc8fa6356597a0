import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function KeysPage() {
  const { t } = useTranslation('keys');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function SessionsPage() {
  const { t } = useTranslation('sessions');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function LogsPage() {
  const { t } = useTranslation('logs');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

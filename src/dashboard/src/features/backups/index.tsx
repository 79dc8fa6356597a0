import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function BackupsPage() {
  const { t } = useTranslation('backups');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

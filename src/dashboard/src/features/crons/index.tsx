import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function CronsPage() {
  const { t } = useTranslation('crons');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function WelcomePage() {
  const { t } = useTranslation('welcome');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

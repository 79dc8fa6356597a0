import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function HomePage() {
  const { t } = useTranslation('home');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

export function NotFoundPage() {
  const { t } = useTranslation('home');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

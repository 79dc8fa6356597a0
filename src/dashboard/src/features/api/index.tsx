import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function ApiPage() {
  const { t } = useTranslation('api');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

export function CollectionApiPage() {
  const { t } = useTranslation('api');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

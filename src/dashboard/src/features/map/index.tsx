import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function MapPage() {
  const { t } = useTranslation('map');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

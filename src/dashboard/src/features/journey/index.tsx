import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function JourneyPage() {
  const { t } = useTranslation('journey');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

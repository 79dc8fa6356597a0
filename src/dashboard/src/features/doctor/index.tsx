import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function DoctorPage() {
  const { t } = useTranslation('doctor');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function AuditPage() {
  const { t } = useTranslation('audit');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

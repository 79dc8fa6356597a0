import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function AccountPage() {
  const { t } = useTranslation('account');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

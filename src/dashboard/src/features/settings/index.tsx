import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function SettingsPage() {
  const { t } = useTranslation('settings');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

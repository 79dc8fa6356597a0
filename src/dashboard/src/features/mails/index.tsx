import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function MailsPage() {
  const { t } = useTranslation('mails');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';

export function CollectionsPage() {
  const { t } = useTranslation('collections');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

export function NewCollectionPage() {
  const { t } = useTranslation('collections');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

export function EditCollectionPage() {
  const { t } = useTranslation('collections');
  return <PageFrame title={t('title')}>{null}</PageFrame>;
}

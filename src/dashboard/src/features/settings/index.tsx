import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { allSettings } from '~/api/settings';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { type Section, sections } from './model';
import { SettingsForm } from './SettingsForm';

/** All settings, a section at a time. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { section } = useParams();
  const settings = useQuery(allSettings);
  const shown = sections.find((one): one is Section => one === section);
  if (!shown) return <Navigate to="/settings/app" replace />;
  return (
    <PageFrame title={t('title')} hint={t('hint')}>
      {settings.data ? (
        <SettingsForm settings={settings.data} section={shown} />
      ) : settings.isError ? (
        <ErrorState error={settings.error} retry={() => settings.refetch()} />
      ) : (
        <Loading />
      )}
    </PageFrame>
  );
}

import { Button } from '@mantine/core';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSchemaHidden } from '~/api/settings';
import { EmptyState } from './States';

/** A page that changes collections; while such pages are hidden in the settings, word of that in its place. */
export function SchemaLock({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common');
  if (!useSchemaHidden()) return children;
  return (
    <EmptyState icon={Lock} title={t('schemaLock.title')} text={t('schemaLock.text')}>
      <Button component={Link} to="/settings/app" variant="default">
        {t('schemaLock.open')}
      </Button>
    </EmptyState>
  );
}

import { Button } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '~/ui/States';

/** What stands where there is no such record or collection. */
export function Missing({ what, to, onClose }: { what: 'record' | 'collection'; to?: string; onClose?: () => void }) {
  const { t } = useTranslation('editor');
  return (
    <EmptyState icon={SearchX} title={t(`missing.${what}`)} text={t('missing.text')}>
      {to && (
        <Button component={Link} to={to} variant="default">
          {t('missing.back')}
        </Button>
      )}
      {onClose && (
        <Button variant="default" onClick={onClose}>
          {t('close')}
        </Button>
      )}
    </EmptyState>
  );
}

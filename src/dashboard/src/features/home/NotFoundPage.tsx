import { Button } from '@mantine/core';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '~/ui/States';

/** When an address leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation('home');
  return (
    <EmptyState icon={MapPinOff} title={t('lost.title')} text={t('lost.text')}>
      <Button component={Link} to="/" variant="default">
        {t('lost.home')}
      </Button>
    </EmptyState>
  );
}

import { Button } from '@mantine/core';
import { FileUp, Plus, SearchX, Table2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/ui/States';

interface NoRecordsProps {
  narrowed: boolean;
  view: boolean;
  beyond: boolean;
  onClear: () => void;
  onNew: () => void;
  onImport: () => void;
}

/** What stands in place of the grid when there is nothing to show. */
export function NoRecords({ narrowed, view, beyond, onClear, onNew, onImport }: NoRecordsProps) {
  const { t } = useTranslation('records');
  if (beyond) return <EmptyState icon={SearchX} title={t('grid.beyondTitle')} text={t('grid.beyondText')} />;
  if (narrowed)
    return (
      <EmptyState icon={SearchX} title={t('grid.noneTitle')} text={t('grid.noneText')}>
        <Button variant="default" onClick={onClear}>
          {t('grid.clear')}
        </Button>
      </EmptyState>
    );
  if (view) return <EmptyState icon={Table2} title={t('grid.emptyTitle')} text={t('grid.emptyView')} />;
  return (
    <EmptyState icon={Table2} title={t('grid.emptyTitle')} text={t('grid.emptyText')}>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={onNew}>
        {t('actions.add')}
      </Button>
      <Button variant="default" leftSection={<FileUp size={16} aria-hidden />} onClick={onImport}>
        {t('actions.import')}
      </Button>
    </EmptyState>
  );
}

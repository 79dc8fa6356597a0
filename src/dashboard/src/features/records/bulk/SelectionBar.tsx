import { Button, Group, Paper, Text } from '@mantine/core';
import { Pencil, Trash2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Selection } from '../state/useSelection';

interface SelectionBarProps {
  selection: Selection;
  total: number | undefined;
  pageFull: boolean;
  readOnly: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

/** What can be done with the records that are ticked. */
export function SelectionBar({ selection, total, pageFull, readOnly, onEdit, onDelete }: SelectionBarProps) {
  const { t, i18n } = useTranslation('records');
  const number = new Intl.NumberFormat(i18n.language);
  const count = selection.all ? (total ?? selection.ids.size) : selection.ids.size;
  if (selection.ids.size === 0) return null;
  return (
    <Paper withBorder px="sm" py={6} role="region" aria-label={t('bulk.bar')}>
      <Group gap="xs">
        <Text size="sm" fw={600} aria-live="polite">
          {t('bulk.selected', { count, number: number.format(count) })}
        </Text>
        {!selection.all && pageFull && total !== undefined && total > selection.ids.size && (
          <Button variant="subtle" size="compact-sm" onClick={selection.setAll}>
            {t('bulk.selectAll', { number: number.format(total) })}
          </Button>
        )}
        <Group gap="xs" ml="auto">
          {!readOnly && (
            <>
              <Button variant="default" size="xs" leftSection={<Pencil size={14} aria-hidden />} onClick={onEdit}>
                {t('bulk.edit')}
              </Button>
              <Button variant="light" color="red" size="xs" leftSection={<Trash2 size={14} aria-hidden />} onClick={onDelete}>
                {t('bulk.delete')}
              </Button>
            </>
          )}
          <Button variant="subtle" color="gray" size="xs" leftSection={<X size={14} aria-hidden />} onClick={selection.clear}>
            {t('bulk.clear')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

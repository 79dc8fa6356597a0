import { Button, Group, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from '../Collections.module.css';
import { indexName, writeIndex } from '../model/indexes';
import { IndexForm } from './IndexForm';
import type { TabProps } from './tabs';

/** The indexes: by choosing fields, or as SQL where that is not enough. */
export function IndexesTab({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation('collections');
  const errors = errorsAt('');
  const names = draft.fields.map(({ name }) => name).filter(Boolean);
  const table = draft.name || 'table';

  const add = (unique: boolean) => {
    const first = draft.fields.find(({ system }) => !system)?.name ?? 'id';
    const parts = { name: indexName(table, [first], draft.indexes), unique, columns: [{ name: first, descending: false, noCase: false }], where: '' };
    onChange({ indexes: [...draft.indexes, writeIndex(parts, table)] });
  };

  return (
    <Stack gap="md" className={classes.lane}>
      <Text size="sm" c="dimmed">
        {t('indexes.hint')}
      </Text>
      {draft.indexes.length === 0 && <Text size="sm">{t('indexes.none')}</Text>}
      {draft.indexes.map((text, i) => (
        <IndexForm
          // biome-ignore lint/suspicious/noArrayIndexKey: indexes have no other identity while they are written
          key={i}
          text={text}
          fields={names}
          table={table}
          taken={draft.indexes}
          error={errors[`indexes.${i}`] ?? (i === 0 ? errors.indexes : undefined)}
          onChange={(next) => onChange({ indexes: draft.indexes.map((one, j) => (j === i ? next : one)) })}
          onRemove={() => onChange({ indexes: draft.indexes.filter((_, j) => j !== i) })}
        />
      ))}
      <Group gap="xs">
        <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={() => add(false)}>
          {t('indexes.add')}
        </Button>
        <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={() => add(true)}>
          {t('indexes.addUnique')}
        </Button>
      </Group>
    </Stack>
  );
}

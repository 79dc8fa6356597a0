import { ActionIcon, Button, Group, MultiSelect, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../Collections.module.css';
import { type IndexParts, indexName, readIndex, writeIndex } from '../model/indexes';

interface IndexFormProps {
  text: string;
  fields: string[];
  table: string;
  taken: string[];
  error?: string;
  onChange: (text: string) => void;
  onRemove: () => void;
}

/** One index. */
export function IndexForm({ text, fields, table, taken, error, onChange, onRemove }: IndexFormProps) {
  const { t } = useTranslation('collections');
  const parts = readIndex(text);
  const [asText, setAsText] = useState(!parts);
  const change = (part: Partial<IndexParts>) => parts && onChange(writeIndex({ ...parts, ...part }, table));

  const columns = (names: string[]) => {
    if (!parts) return;
    const kept = names.map((name) => parts.columns.find((one) => one.name === name) ?? { name, descending: false, noCase: false });
    // A name that was made up follows the fields; one that somebody gave stays.
    const old = parts.columns.map(({ name }) => name);
    const made = parts.name.startsWith(`idx_${table}_${old.join('_')}`.slice(0, 60));
    change({
      columns: kept,
      name: made
        ? indexName(
            table,
            names,
            taken.filter((one) => one !== text),
          )
        : parts.name,
    });
  };

  return (
    <div className={classes.block}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm" truncate>
          {parts?.name ?? t('indexes.custom')}
        </Text>
        <Group gap={4} wrap="nowrap">
          {parts && (
            <Button variant="subtle" size="compact-xs" onClick={() => setAsText(!asText)}>
              {t(asText ? 'indexes.asForm' : 'indexes.asText')}
            </Button>
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={t('indexes.remove', { name: parts?.name ?? '' })} onClick={onRemove}>
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      {asText || !parts ? (
        <Textarea
          aria-label={t('indexes.sql')}
          autosize
          ff="monospace"
          value={text}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      ) : (
        <>
          <MultiSelect
            label={t('indexes.fields')}
            description={t('indexes.fieldsHint')}
            data={[...new Set([...fields, ...parts.columns.map(({ name }) => name)])]}
            value={parts.columns.map(({ name }) => name)}
            onChange={columns}
            error={error}
            searchable
          />
          <div className={classes.pair}>
            <Switch
              label={t('indexes.unique')}
              description={t('indexes.uniqueHint')}
              checked={parts.unique}
              onChange={(event) => change({ unique: event.currentTarget.checked })}
            />
            <Switch
              label={t('indexes.noCase')}
              description={t('indexes.noCaseHint')}
              checked={parts.columns.some(({ noCase }) => noCase)}
              onChange={(event) => change({ columns: parts.columns.map((one) => ({ ...one, noCase: event.currentTarget.checked })) })}
            />
          </div>
          <TextInput
            label={t('indexes.where')}
            description={t('indexes.whereHint')}
            value={parts.where}
            onChange={(event) => change({ where: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  );
}

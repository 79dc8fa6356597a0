import { ActionIcon, Anchor, Button, Group, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { displayText } from '~/api/display';
import { useCollection } from '~/api/queries';
import { relatedRecords } from '../model/related';
import { isMultiple } from '../model/values';
import { FieldFrame } from './FieldFrame';
import classes from './fields.module.css';
import type { FieldProps } from './props';
import { RelationPicker } from './RelationPicker';
import { arrayMove, SortableRows } from './SortableRows';

const atFirst = 50;

/** Related records: shown by what tells most of them, found by searching, put in order. */
export function RelationField({ field, value, onChange, error, changed }: FieldProps<string[]>) {
  const { t } = useTranslation('editor');
  const target = useCollection(String(field.collectionId));
  const [all, setAll] = useState(false);
  const shown = all ? value : value.slice(0, atFirst);
  const multiple = isMultiple(field);
  const most = multiple ? Number(field.maxSelect) : 1;
  const { data: known } = useQuery({
    queryKey: ['related', field.collectionId, shown],
    queryFn: () => relatedRecords(target?.name ?? '', shown),
    enabled: Boolean(target) && shown.length > 0,
    staleTime: 30_000,
  });

  return (
    <FieldFrame
      field={field}
      error={error}
      changed={changed}
      actions={
        target && (
          <Text size="xs" c="dimmed">
            {multiple ? t('relation.count', { count: value.length, most, name: target.name }) : target.name}
          </Text>
        )
      }
    >
      <SortableRows
        movable={multiple}
        onMove={(from, to) => onChange(arrayMove(value, from, to))}
        rows={shown.map((id) => {
          const record = known?.get(id);
          const name = record ? displayText(record, target) : id;
          return {
            key: id,
            name,
            content: (
              <>
                <Group gap={8} wrap="nowrap" className={classes.grow}>
                  <Anchor
                    component={Link}
                    to={`/collections/${target?.name}/records/${id}`}
                    target="_blank"
                    size="sm"
                    truncate
                    dir="auto"
                    title={name}
                  >
                    {name}
                  </Anchor>
                  {name !== id && (
                    <Text size="xs" c="dimmed" ff="monospace" truncate>
                      {id}
                    </Text>
                  )}
                  {known && !record && (
                    <Text size="xs" c="red">
                      {t('relation.missing')}
                    </Text>
                  )}
                </Group>
                <Tooltip label={t('field.remove', { name })}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('field.remove', { name })}
                    onClick={() => onChange(value.filter((other) => other !== id))}
                  >
                    <X size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </>
            ),
          };
        })}
      />
      {shown.length < value.length && (
        <Button size="compact-sm" variant="subtle" mt={6} onClick={() => setAll(true)}>
          {t('relation.all', { count: value.length })}
        </Button>
      )}
      {target && (value.length < most || !multiple) && (
        <RelationPicker
          label={field.name}
          target={target}
          chosen={value}
          onChoose={(id) => onChange(multiple ? [...value, id] : [id])}
          placeholder={value.length > 0 && !multiple ? t('relation.other') : t('relation.find', { name: target.name })}
        />
      )}
    </FieldFrame>
  );
}

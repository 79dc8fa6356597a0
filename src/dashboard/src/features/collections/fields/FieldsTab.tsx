import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import classes from '../Collections.module.css';
import type { TabProps } from '../edit/tabs';
import { fieldTypes, newField, newKey, withField, withoutField } from '../model/draft';
import { FieldRow } from './FieldRow';

/** The fields in their order, and a way to add one of each type. */
export function FieldsTab({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation(['collections', 'rules']);
  const [added, setAdded] = useState<string>();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

  const change = useCallback((key: string, part: object) => onChange((before) => withField(before, key, part)), [onChange]);
  const remove = useCallback((key: string) => onChange((before) => withoutField(before, key)), [onChange]);
  const duplicate = useCallback(
    (key: string) =>
      onChange((before) => {
        const field = before.fields.find((one) => one.key === key);
        if (!field) return before;
        const copy = { ...structuredClone(field), id: '', key: newKey(), name: `${field.name}_copy` };
        return { ...before, fields: before.fields.flatMap((one) => (one === field ? [one, copy] : [one])) };
      }),
    [onChange],
  );

  const add = (type: string) => {
    const field = newField(type, draft.fields);
    setAdded(field.key);
    onChange((before) => {
      // Dates that the server sets stay at the end, where people look for them.
      const end = type === 'autodate' ? before.fields.length : before.fields.findLastIndex((one) => one.type !== 'autodate') + 1;
      return { ...before, fields: before.fields.toSpliced(end, 0, field) };
    });
  };

  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    onChange((before) => {
      const place = (id: unknown) => before.fields.findIndex(({ key }) => key === id);
      return { ...before, fields: arrayMove(before.fields, place(active.id), place(over.id)) };
    });
  };

  return (
    <Stack gap="lg">
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={draft.fields.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
          <ul className={classes.rows} aria-label={t('tabs.fields')}>
            {draft.fields.map((field, i) => (
              <FieldRow
                key={field.key}
                field={field}
                onChange={change}
                onRemove={remove}
                onDuplicate={duplicate}
                errors={errorsAt(`fields.${i}`)}
                opened={field.key === added}
                fresh={draft.id !== '' && !field.id}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      <Paper withBorder p="md">
        <Title order={2} size="h5" mb={2}>
          {t('fields.add')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('fields.addHint')}
        </Text>
        <div className={classes.types}>
          {fieldTypes.map((type) => (
            <Button key={type} variant="default" size="xs" justify="start" leftSection={<FieldIcon type={type} />} onClick={() => add(type)}>
              {t(`kinds.${type}`, { ns: 'rules' })}
            </Button>
          ))}
        </div>
      </Paper>
    </Stack>
  );
}

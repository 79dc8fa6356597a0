import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core';
import { Columns3, GripVertical } from 'lucide-react';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { possibleColumns } from '../state/columns';

interface ColumnsMenuProps {
  collection: CollectionModel;
  columns: CollectionField[];
  onChange: (names: string[]) => void;
  onReset: () => void;
}

/** Chooses the columns and their order. */
export function ColumnsMenu({ collection, columns, onChange, onReset }: ColumnsMenuProps) {
  const { t } = useTranslation('records');
  const shown = columns.map(({ name }) => name);
  const [order, setOrder] = useState<string[]>([]);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const begin = () => setOrder([...shown, ...possibleColumns(collection).flatMap(({ name }) => (shown.includes(name) ? [] : [name]))]);
  const tell = (next: string[], on: Set<string>) => {
    setOrder(next);
    if (on.size > 0) onChange(next.filter((name) => on.has(name)));
  };
  const dragged = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) tell(arrayMove(order, order.indexOf(String(active.id)), order.indexOf(String(over.id))), new Set(shown));
  };
  const turn = (name: string, on: boolean) => tell(order, new Set(on ? [...shown, name] : shown.filter((one) => one !== name)));
  return (
    <Popover position="bottom-end" shadow="md" trapFocus onOpen={begin} width={260}>
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={16} aria-hidden />}>
          {t('columns.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.title')}>
        <Group justify="space-between" mb="xs">
          <Text size="sm" fw={600}>
            {t('columns.title')}
          </Text>
          <Button variant="subtle" size="compact-xs" onClick={onReset}>
            {t('columns.reset')}
          </Button>
        </Group>
        <ScrollArea.Autosize mah={360}>
          <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={dragged}>
            <SortableContext items={order} strategy={verticalListSortingStrategy}>
              <Stack gap={2}>
                {order.map((name) => (
                  <Entry
                    key={name}
                    name={name}
                    on={shown.includes(name)}
                    only={shown.length === 1 && shown[0] === name}
                    onTurn={(on) => turn(name, on)}
                  />
                ))}
              </Stack>
            </SortableContext>
          </DndContext>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

function Entry({ name, on, only, onTurn }: { name: string; on: boolean; only: boolean; onTurn: (on: boolean) => void }) {
  const { t } = useTranslation('records');
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: name });
  return (
    <Group ref={setNodeRef} gap={4} wrap="nowrap" style={{ transform: CSS.Translate.toString(transform), transition }}>
      <ActionIcon size="sm" variant="transparent" color="gray" {...attributes} {...listeners} aria-label={t('columns.move', { name })}>
        <GripVertical size={14} aria-hidden />
      </ActionIcon>
      <Checkbox size="xs" label={name} checked={on} disabled={only} onChange={(event) => onTurn(event.currentTarget.checked)} />
    </Group>
  );
}

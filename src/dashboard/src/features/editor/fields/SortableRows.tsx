import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';

/** One row: its key, its name for who cannot see it, and what stands in it. */
export interface Row {
  key: string;
  name: string;
  content: ReactNode;
}

/** Rows whose order can be changed by dragging, or with space and the arrow keys. */
export function SortableRows({ rows, onMove, movable }: { rows: Row[]; onMove: (from: number, to: number) => void; movable: boolean }) {
  const sensors = useSensors(useSensor(PointerSensor), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const keys = rows.map(({ key }) => key);
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(keys.indexOf(String(active.id)), keys.indexOf(String(over.id)));
  };
  if (rows.length === 0) return null;
  return (
    <div className={classes.list}>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
        <SortableContext items={keys} strategy={verticalListSortingStrategy}>
          {rows.map((row) => (
            <SortableRow key={row.key} row={row} movable={movable && rows.length > 1} />
          ))}
        </SortableContext>
      </DndContext>
    </div>
  );
}

function SortableRow({ row, movable }: { row: Row; movable: boolean }) {
  const { t } = useTranslation('editor');
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: row.key, disabled: !movable });
  return (
    <div ref={setNodeRef} className={classes.row} style={{ transform: CSS.Translate.toString(transform), transition }}>
      {movable && (
        <button type="button" className={classes.handle} {...attributes} {...listeners} aria-label={t('field.move', { name: row.name })}>
          <GripVertical size={15} aria-hidden />
        </button>
      )}
      {row.content}
    </div>
  );
}

export { arrayMove };

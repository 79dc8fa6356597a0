// biome-ignore-all lint/a11y/useSemanticElements: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
// biome-ignore-all lint/a11y/useFocusableInteractive: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
import { ActionIcon, Checkbox } from '@mantine/core';
import { PanelRight } from 'lucide-react';
import type { CollectionField, RecordModel } from 'pocketbase';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { CellValue } from '../cells/CellValue';
import { CellEditor } from '../inputs/CellEditor';
import classes from './Grid.module.css';
import type { GridActions } from './useGridKeys';

export interface GridRowProps {
  record: RecordModel;
  at: number;
  /** Number of the row in the whole collection, from 2 (1 is the head). */
  place: number;
  top: number;
  columns: { field: CollectionField; width: number }[];
  /** Number of the cell that the keyboard is in, 0 for the tick; -1 for none in this row. */
  active: number;
  editing: boolean;
  selected: boolean;
  open: boolean;
  gone: boolean;
  changed: ReadonlySet<string> | undefined;
  canEdit: (field: CollectionField) => boolean;
  actions: GridActions;
}

/** One record in the grid. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { record, at, place, top, columns, active, editing, selected, open, gone, changed, canEdit, actions } = props;
  const { t } = useTranslation('records');
  return (
    <div
      role="row"
      aria-rowindex={place}
      aria-selected={selected}
      className={classes.row}
      data-selected={selected || undefined}
      data-open={open || undefined}
      data-gone={gone || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={`${classes.cell} ${classes.tick}`}
        data-at={`${at}:0`}
        tabIndex={active === 0 ? 0 : -1}
        onFocus={(event) => event.target === event.currentTarget && actions.enter(at, 0)}
      >
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={selected}
          onChange={() => undefined}
          onClick={(event) => actions.select(at, event.shiftKey)}
          aria-label={t('grid.select', { id: record.id })}
        />
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          tabIndex={-1}
          onClick={() => actions.open(record.id)}
          aria-label={t('grid.open', { id: record.id })}
        >
          <PanelRight size={15} aria-hidden />
        </ActionIcon>
      </div>
      {columns.map(({ field, width }, index) => {
        const here = active === index + 1;
        const edits = here && editing;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it hears the keys.
          <div
            key={field.name}
            role="gridcell"
            aria-colindex={index + 2}
            className={`${classes.cell} ${field.type === 'number' ? classes.end : ''}`}
            data-at={`${at}:${index + 1}`}
            data-editing={edits || undefined}
            data-changed={changed?.has(field.name) || undefined}
            style={{ width }}
            tabIndex={here && !edits ? 0 : -1}
            onFocus={(event) => event.target === event.currentTarget && actions.enter(at, index + 1)}
            onClick={() => field.name === 'id' && actions.open(record.id)}
            onDoubleClick={() => (canEdit(field) ? actions.edit(at, index + 1) : actions.open(record.id))}
          >
            {edits ? <CellEditor record={record} field={field} actions={actions} /> : <CellValue record={record} field={field} />}
          </div>
        );
      })}
    </div>
  );
});

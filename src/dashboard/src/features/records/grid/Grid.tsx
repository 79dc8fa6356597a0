// biome-ignore-all lint/a11y/useSemanticElements: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
// biome-ignore-all lint/a11y/useFocusableInteractive: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
import { Checkbox } from '@mantine/core';
import { getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { CollectionField, RecordModel } from 'pocketbase';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usualWidth } from '../state/columns';
import classes from './Grid.module.css';
import { GridRow } from './GridRow';
import { HeadCell } from './HeadCell';
import { type GridActions, useGridKeys } from './useGridKeys';

const rowHeight = 37;

export interface GridProps {
  label: string;
  records: RecordModel[];
  columns: CollectionField[];
  widths: Record<string, number>;
  onWidths: (widths: Record<string, number>) => void;
  /** How many records stand before the first of this page. */
  before: number;
  total: number | undefined;
  sort: string;
  onSort: (sort: string) => void;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[], on: boolean) => void;
  openId: string | null;
  onOpen: (id: string) => void;
  canEdit: (field: CollectionField) => boolean;
  save: GridActions['save'];
  turn: (pages: number) => void;
  changed: ReadonlyMap<string, ReadonlySet<string>>;
  gone: ReadonlySet<string>;
}

/** A page of records as a grid that the keyboard walks through. Only the rows in sight are drawn. */
export function Grid(props: GridProps) {
  const { records, columns, widths, onWidths, selected, onSelect, canEdit } = props;
  const { t } = useTranslation('records');
  const scroll = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState(0);

  const table = useReactTable({
    data: records,
    columns: useMemo(
      () => columns.map((field) => ({ id: field.name, header: field.name, size: usualWidth(field), minSize: 70, maxSize: 1200 })),
      [columns],
    ),
    getCoreRowModel: getCoreRowModel(),
    columnResizeMode: 'onChange',
    state: { columnSizing: widths },
    onColumnSizingChange: (change) => onWidths(typeof change === 'function' ? change(widths) : change),
  });
  const headers = table.getFlatHeaders();
  const sized = useMemo(() => columns.map((field) => ({ field, width: widths[field.name] ?? usualWidth(field) })), [columns, widths]);

  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 40,
  });
  const select = useCallback(
    (row: number, range: boolean) => {
      const [from, to] = range ? [Math.min(anchor, row), Math.max(anchor, row)] : [row, row];
      const ids = records.slice(from, to + 1).map(({ id }) => id);
      onSelect(ids, range || !selected.has(records[row]?.id ?? ''));
      setAnchor(row);
    },
    [anchor, records, selected, onSelect],
  );
  const { place, actions, onKeyDown } = useGridKeys({
    scroll,
    rows: records.length,
    cells: columns.length + 1,
    scrollTo: (row) => virtual.scrollToIndex(row),
    canEdit: (_, cell) => {
      const field = columns[cell - 1];
      return field !== undefined && canEdit(field);
    },
    select,
    open: props.onOpen,
    openRow: (row) => records[row] && props.onOpen(records[row].id),
    save: props.save,
    turn: props.turn,
  });

  const ticked = records.filter(({ id }) => selected.has(id)).length;
  return (
    <div ref={scroll} className={classes.scroll}>
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total === undefined ? -1 : props.total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        tabIndex={-1}
        className={classes.grid}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            <div role="columnheader" aria-colindex={1} className={`${classes.headCell} ${classes.tick}`}>
              <Checkbox
                size="xs"
                checked={records.length > 0 && ticked === records.length}
                indeterminate={ticked > 0 && ticked < records.length}
                onChange={(event) =>
                  onSelect(
                    records.map(({ id }) => id),
                    event.currentTarget.checked,
                  )
                }
                aria-label={t('grid.selectPage')}
              />
            </div>
            {headers.map((header, at) => {
              const field = columns[at];
              return field && <HeadCell key={header.id} header={header} field={field} at={at} sort={props.sort} onSort={props.onSort} />;
            })}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const record = records[index];
            if (!record) return null;
            return (
              <GridRow
                key={record.id}
                record={record}
                at={index}
                place={props.before + index + 2}
                top={start}
                columns={sized}
                active={place.row === index ? place.cell : -1}
                editing={place.row === index && place.editing}
                selected={selected.has(record.id)}
                open={props.openId === record.id}
                gone={props.gone.has(record.id)}
                changed={props.changed.get(record.id)}
                canEdit={canEdit}
                actions={actions}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

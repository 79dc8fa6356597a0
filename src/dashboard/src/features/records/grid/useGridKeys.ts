import type { CollectionField, RecordModel } from 'pocketbase';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** Where the keyboard is: the row of the page, and the cell from 0 (the tick). */
export interface Place {
  row: number;
  cell: number;
  editing: boolean;
}

/** What cells ask the grid to do. The object stays the same, so that rows are not drawn again. */
export interface GridActions {
  enter(row: number, cell: number): void;
  select(row: number, range: boolean): void;
  open(id: string): void;
  edit(row: number, cell: number): void;
  /** Stores one field; what it returns is what went wrong, else null. */
  save(record: RecordModel, field: CollectionField, value: unknown): Promise<string | null>;
  /** Ends editing and moves on by so many rows and cells. */
  leave(rows: number, cells: number): void;
}

export interface GridKeysInput {
  scroll: RefObject<HTMLDivElement | null>;
  rows: number;
  cells: number;
  scrollTo(row: number): void;
  canEdit(row: number, cell: number): boolean;
  select(row: number, range: boolean): void;
  openRow(row: number): void;
  open(id: string): void;
  save: GridActions['save'];
  turn(pages: number): void;
}

/** The keys of the grid: arrows move, Enter edits, Space ticks, Ctrl+Enter opens the record, Ctrl+PageUp and PageDown turn the page. */
export function useGridKeys(input: GridKeysInput) {
  const [place, setPlace] = useState<Place>({ row: 0, cell: 1, editing: false });
  const latest = useRef({ input, place });
  latest.current = { input, place };
  const focusing = useRef(false);

  const go = useCallback((row: number, cell: number, editing = false) => {
    const { rows, cells } = latest.current.input;
    focusing.current = true;
    setPlace({ row: Math.max(0, Math.min(rows - 1, row)), cell: Math.max(0, Math.min(cells - 1, cell)), editing });
  }, []);

  useEffect(() => {
    if (!focusing.current || place.editing) return;
    focusing.current = false;
    const { scroll, scrollTo } = latest.current.input;
    scrollTo(place.row);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-at="${place.row}:${place.cell}"]`)?.focus());
  }, [place]);

  const actions = useMemo<GridActions>(
    () => ({
      enter: (row, cell) => setPlace((before) => (before.row === row && before.cell === cell ? before : { row, cell, editing: false })),
      select: (row, range) => latest.current.input.select(row, range),
      open: (id) => latest.current.input.open(id),
      edit: (row, cell) => setPlace({ row, cell, editing: true }),
      save: (record, field, value) => latest.current.input.save(record, field, value),
      leave: (rows, cells) => {
        const { row, cell } = latest.current.place;
        go(row + rows, cell + cells);
      },
    }),
    [go],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLDivElement>) => {
      const { input: grid, place: here } = latest.current;
      if (here.editing || !(event.target instanceof HTMLElement) || !event.target.dataset.at) return;
      const { row, cell } = here;
      const strong = event.ctrlKey || event.metaKey;
      const edit = () => (grid.canEdit(row, cell) ? setPlace({ row, cell, editing: true }) : grid.openRow(row));
      const steps = new Map<string, () => void>([
        ['ArrowUp', () => go(row - 1, cell)],
        ['ArrowDown', () => go(row + 1, cell)],
        ['ArrowLeft', () => go(row, cell - 1)],
        ['ArrowRight', () => go(row, cell + 1)],
        ['Home', () => go(strong ? 0 : row, 0)],
        ['End', () => go(strong ? grid.rows - 1 : row, grid.cells - 1)],
        ['PageUp', () => (strong ? grid.turn(-1) : go(row - 15, cell))],
        ['PageDown', () => (strong ? grid.turn(1) : go(row + 15, cell))],
        ['Enter', () => (strong ? grid.openRow(row) : edit())],
        ['F2', edit],
        [' ', () => grid.select(row, event.shiftKey)],
      ]);
      const step = steps.get(event.key);
      if (!step || event.altKey) return;
      event.preventDefault();
      step();
    },
    [go],
  );

  return { place, actions, onKeyDown };
}

// biome-ignore-all lint/a11y/useSemanticElements: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
// biome-ignore-all lint/a11y/useFocusableInteractive: a page of rows of which only those in sight are drawn is a grid of ARIA (keys move between cells), which no HTML element is.
import { UnstyledButton } from '@mantine/core';
import { flexRender, type Header } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CollectionField, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import { nextSort } from '../state/address';
import classes from './Grid.module.css';

/** The head of a column: its name, which sorts, and an edge to drag. */
export function HeadCell({
  header,
  field,
  at,
  sort,
  onSort,
}: {
  header: Header<RecordModel, unknown>;
  field: CollectionField;
  at: number;
  sort: string;
  onSort: (sort: string) => void;
}) {
  const { t } = useTranslation('records');
  const direction = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : 'none';
  return (
    <div role="columnheader" aria-colindex={at + 2} aria-sort={direction} className={classes.headCell} style={{ width: header.getSize() }}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(nextSort(sort, field.name))} title={t('grid.sort')} fz="sm" fw={600}>
        <FieldIcon type={field.type} primary={field.name === 'id'} />
        <span dir="auto">{flexRender(header.column.columnDef.header, header.getContext())}</span>
        {direction === 'ascending' && <ArrowUp size={14} aria-hidden />}
        {direction === 'descending' && <ArrowDown size={14} aria-hidden />}
      </UnstyledButton>
      <span className={classes.resize} onPointerDown={header.getResizeHandler()} onDoubleClick={() => header.column.resetSize()} aria-hidden />
    </div>
  );
}

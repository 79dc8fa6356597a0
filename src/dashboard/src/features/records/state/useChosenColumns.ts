import { useLocalStorage } from '@mantine/hooks';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useMemo } from 'react';
import { columnsOf } from './columns';

/** The columns of a grid, in order, and their widths: as the address says, else as they were last arranged in this browser. */
export function useChosenColumns(collection: CollectionModel, named: string[] | null) {
  const [kept, setKept] = useLocalStorage<string[] | null>({
    key: `hearth.columns.${collection.id}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const [widths, setWidths] = useLocalStorage<Record<string, number>>({
    key: `hearth.widths.${collection.id}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const wanted = (named ?? kept)?.join(',');
  const columns: CollectionField[] = useMemo(() => columnsOf(collection, wanted === undefined ? null : wanted.split(',')), [collection, wanted]);
  return { columns, arranged: wanted !== undefined, keep: setKept, widths, setWidths };
}

import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { useRef, useState } from 'react';
import type { BulkProgress } from '~/api/bulk';
import { keepUndo, undoKey } from '~/api/undo';
import { ErrorState } from '~/ui/States';
import { ChooseFile } from './ChooseFile';
import { guessMapping, type Mapping, type Row } from './convert';
import { MapColumns } from './MapColumns';
import { columnsOfRows, type Parsed } from './parse';
import { Result } from './Result';
import { Running } from './Running';
import { type ImportOutcome, runImport } from './run';

export interface ImportRecordsProps {
  collection: CollectionModel;
  /** Rows that were read already; without them a file is asked for. */
  rows?: Row[];
  /** Called when the person is through with it. */
  onDone: () => void;
}

/** Brings records from a file: choose it, say which column goes where, see what will come, watch it, and read what was refused. */
export function ImportRecords({ collection, rows, onDone }: ImportRecordsProps) {
  const client = useQueryClient();
  const [parsed, setParsed] = useState<Parsed | null>(() => (rows ? { rows, columns: columnsOfRows(rows) } : null));
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const stop = useRef(new AbortController());

  const start = async (mapping: Mapping, key: string | null) => {
    if (!parsed) return;
    stop.current = new AbortController();
    setFailure(null);
    setProgress({ done: 0, failed: 0, total: parsed.rows.length });
    try {
      const result = await runImport({ collection, rows: parsed.rows, mapping, key }, stop.current.signal, setProgress);
      setOutcome(result);
      if (result.undo.length > 0)
        await keepUndo({
          collection: collection.id,
          kind: 'import',
          at: new Date().toISOString(),
          count: result.undo.length,
          lost: result.changed > 0 ? ['dates'] : [],
          changes: result.undo,
        }).catch(() => undefined);
    } catch (error) {
      setFailure(error);
    }
    setProgress(null);
    client.invalidateQueries({ queryKey: ['records', collection.id] });
    client.invalidateQueries({ queryKey: undoKey(collection.id) });
  };

  if (outcome && parsed) return <Result outcome={outcome} rows={parsed.rows} collection={collection} onDone={onDone} />;
  if (progress) return <Running progress={progress} onStop={() => stop.current.abort()} />;
  if (!parsed) return <ChooseFile command={`hearth import FILE --collection ${collection.name}`} onParsed={setParsed} />;
  return (
    <Stack>
      {failure !== null && <ErrorState error={failure} />}
      <MapColumns
        collection={collection}
        parsed={parsed}
        guessed={guessMapping(parsed.columns, collection)}
        onBack={rows ? undefined : () => setParsed(null)}
        onStart={start}
      />
    </Stack>
  );
}

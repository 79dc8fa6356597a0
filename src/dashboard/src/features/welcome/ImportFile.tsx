import { Stack, Text } from '@mantine/core';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ImportRecords } from '~/ui/ImportRecords';
import { ChooseFile } from '~/ui/ImportRecords/ChooseFile';
import type { Parsed } from '~/ui/ImportRecords/parse';
import { type Column, type Row, renamed } from './infer';
import { NewCollection } from './NewCollection';

/** A new collection from a file: choose it, look at what its columns become, then bring its rows. */
export function ImportFile() {
  const { t } = useTranslation('welcome');
  const navigate = useNavigate();
  const [file, setFile] = useState<{ name: string; parsed: Parsed } | null>(null);
  const [made, setMade] = useState<{ collection: CollectionModel; rows: Row[] } | null>(null);

  if (made) {
    return (
      <Stack>
        <Text size="sm" role="status">
          {t('import.records', { name: made.collection.name })}
        </Text>
        <ImportRecords collection={made.collection} rows={made.rows} onDone={() => navigate(`/collections/${made.collection.name}`)} />
      </Stack>
    );
  }
  if (!file) return <ChooseFile command="hearth import FILE --collection NAME --create" onParsed={(parsed, name) => setFile({ name, parsed })} />;
  return (
    <NewCollection
      file={file.name}
      parsed={file.parsed}
      onBack={() => setFile(null)}
      onMade={(collection, columns: Column[]) => setMade({ collection, rows: renamed(file.parsed.rows, columns) })}
    />
  );
}

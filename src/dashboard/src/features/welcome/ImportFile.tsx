import { Alert, Code, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { CircleAlert, FileUp } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ImportRecords } from '~/ui/ImportRecords';
import { type Parsed, parseFile, Unreadable } from '~/ui/ImportRecords/parse';
import { type Column, type Row, renamed } from './infer';
import { NewCollection } from './NewCollection';
import classes from './Welcome.module.css';

const mostBytes = 200 * 1024 * 1024;

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
  if (!file) return <Choose onParsed={(name, parsed) => setFile({ name, parsed })} />;
  return (
    <NewCollection
      file={file.name}
      parsed={file.parsed}
      onBack={() => setFile(null)}
      onMade={(collection, columns: Column[]) => setMade({ collection, rows: renamed(file.parsed.rows, columns) })}
    />
  );
}

function Choose({ onParsed }: { onParsed: (name: string, parsed: Parsed) => void }) {
  const { t } = useTranslation('welcome');
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Unreadable['where'] | 'large' | null>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostBytes) return setProblem('large');
    setProblem(null);
    setShare(0);
    try {
      onParsed(file.name, await parseFile(file, setShare));
    } catch (error) {
      setProblem(error instanceof Unreadable ? error.where : 'csv');
    }
    setShare(null);
  };
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: ([file]) => read(file),
    multiple: false,
    noClick: true,
    noKeyboard: true,
  });

  return (
    <Stack maw={860}>
      <div {...getRootProps()}>
        <input {...getInputProps({ 'aria-label': t('import.drop'), accept: '.csv,.tsv,.txt,.json,.ndjson,.jsonl' })} />
        <UnstyledButton className={classes.drop} data-over={isDragActive || undefined} onClick={open} w="100%">
          <FileUp size={32} strokeWidth={1.4} aria-hidden />
          <Text fw={600}>{t('import.drop')}</Text>
          <Text size="sm" c="dimmed">
            {t('import.kinds')}
          </Text>
        </UnstyledButton>
      </div>
      {share !== null && <Progress value={share * 100} aria-label={t('import.title')} animated />}
      {problem && (
        <Alert color="red" variant="light" icon={<CircleAlert aria-hidden />} role="alert">
          {problem === 'large' ? t('import.large') : t(`import.unreadable.${problem}`)}
          {problem === 'large' && <Code block>hearth import FILE --collection NAME --create</Code>}
        </Alert>
      )}
    </Stack>
  );
}

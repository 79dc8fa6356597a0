import { Alert, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { CircleAlert, FileUp } from 'lucide-react';
import { useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { useTranslation } from 'react-i18next';
import classes from './ImportRecords.module.css';
import { type Parsed, parseFile, Unreadable } from './parse';

/** More than this is for `hearth import`, which needs no memory for it. */
const most = 200 * 1024 * 1024;

/** The first step: a file, dropped or chosen. `command` brings one that is too large for a browser. */
export function ChooseFile({ command, onParsed }: { command: string; onParsed: (parsed: Parsed, name: string) => void }) {
  const { t } = useTranslation('records');
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Unreadable['where'] | 'large' | null>(null);

  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > most) return setProblem('large');
    setProblem(null);
    setShare(0);
    try {
      onParsed(await parseFile(file, setShare), file.name);
    } catch (error) {
      setProblem(error instanceof Unreadable ? error.where : 'csv');
      setShare(null);
    }
  };
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: ([file]) => read(file),
    multiple: false,
    noClick: true,
    noKeyboard: true,
  });

  return (
    <Stack>
      <div {...getRootProps()}>
        <input {...getInputProps({ 'aria-label': t('import.choose'), accept: '.csv,.tsv,.txt,.json,.ndjson,.jsonl' })} />
        <UnstyledButton className={classes.drop} data-over={isDragActive || undefined} onClick={open} w="100%">
          <FileUp size={32} strokeWidth={1.4} aria-hidden />
          <Text fw={600}>{t('import.choose')}</Text>
          <Text size="sm" c="dimmed">
            {t('import.kinds')}
          </Text>
        </UnstyledButton>
      </div>
      {share !== null && <Progress value={share * 100} aria-label={t('import.reading')} animated />}
      {problem && (
        <Alert color="red" variant="light" icon={<CircleAlert aria-hidden />} role="alert">
          {t(`import.unreadable.${problem}`, { command })}
        </Alert>
      )}
    </Stack>
  );
}

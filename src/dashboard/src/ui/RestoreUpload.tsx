import { Button, FileInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { ErrorState } from './States';

// What a backup may be called; the file on the viewer's disk may be called anything.
const keyNow = () => `moved-in-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}.zip`;

interface RestoreUploadProps {
  /** Who asks, when nobody is signed in. */
  token?: string;
  /** Asks whether everything here may be replaced. */
  ask?: () => Promise<boolean>;
  done: () => void;
}

/** Uploads the backup of another server and puts it in the place of everything here. */
export function RestoreUpload({ token, ask, done }: RestoreUploadProps) {
  const { t } = useTranslation('common');
  const [file, setFile] = useState<File | null>(null);
  const restoring = useMutation({
    mutationFn: async (chosen: File) => {
      const options = token ? { headers: { Authorization: token } } : {};
      const key = keyNow();
      await pb.backups.upload({ file: new File([chosen], key, { type: 'application/zip' }) }, options);
      await pb.backups.restore(key, options);
    },
    onSuccess: done,
  });

  const begin = async () => {
    if (file && (!ask || (await ask()))) restoring.mutate(file);
  };

  return (
    <Stack gap="sm">
      <FileInput
        label={t('restore.file')}
        accept=".zip,application/zip"
        value={file}
        onChange={setFile}
        clearable
        placeholder={t('restore.choose')}
      />
      {restoring.isPending && (
        <Text size="sm" role="status">
          {t('restore.busy')}
        </Text>
      )}
      {restoring.isError && <ErrorState error={restoring.error} />}
      <Button variant="default" disabled={!file} loading={restoring.isPending} onClick={() => void begin()}>
        {t('restore.go')}
      </Button>
    </Stack>
  );
}

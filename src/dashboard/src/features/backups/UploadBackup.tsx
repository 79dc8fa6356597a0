import { Button, FileButton, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { fetchTelling } from '~/api/sending';
import { useAct } from '~/ui/actions/useAct';

/** Brings a backup from the viewer's machine, with how far it is. */
export function UploadBackup() {
  const { t, i18n } = useTranslation('backups');
  const [share, setShare] = useState(0);
  const clear = useRef<() => void>(null);
  const send = useAct({
    do: (file: File) => {
      setShare(0);
      return pb.backups.upload({ file }, { fetch: fetchTelling(setShare) });
    },
    done: (_, file) => t('uploaded', { key: file.name }),
    refresh: [['backups']],
  });
  const begin = (file: File | null) => {
    clear.current?.();
    if (!file) return;
    if (/\.zip$/i.test(file.name)) send.mutate(file);
    else notifications.show({ message: t('notZip', { name: file.name }), color: 'red' });
  };
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share);
  if (send.isPending)
    return (
      <Stack gap={4} miw={180} role="status">
        <Text size="xs">{share < 1 ? t('uploading', { percent }) : t('checking')}</Text>
        <Progress value={share * 100} animated={share >= 1} aria-label={t('uploading', { percent })} />
      </Stack>
    );
  return (
    <FileButton onChange={begin} accept=".zip,application/zip" resetRef={clear}>
      {(props) => (
        <Button {...props} variant="default" leftSection={<Upload size={16} aria-hidden />}>
          {t('upload')}
        </Button>
      )}
    </FileButton>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DatabaseBackup, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';
import { EmptyState, ErrorState, Loading } from '~/ui/States';
import { BackupTable } from './BackupTable';
import { allBackups } from './model';
import { NewBackup } from './NewBackup';
import { RestoreDialog } from './RestoreDialog';
import { Schedule } from './Schedule';
import { UploadBackup } from './UploadBackup';

/** Backups: take, bring, get, restore, remove; and when they are taken by themselves. */
export function BackupsPage() {
  const { t } = useTranslation('backups');
  const backups = useQuery(allBackups);
  const [making, setMaking] = useState(false);
  const [restoring, setRestoring] = useState<string>();
  return (
    <PageFrame
      title={t('title')}
      hint={t('hint')}
      actions={
        <>
          <UploadBackup />
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {t('new.open')}
          </Button>
        </>
      }
    >
      {backups.isError ? (
        <ErrorState error={backups.error} retry={() => backups.refetch()} />
      ) : !backups.data ? (
        <Loading />
      ) : backups.data.length === 0 ? (
        <EmptyState icon={DatabaseBackup} title={t('empty.title')} text={t('empty.text')}>
          <Button variant="default" onClick={() => setMaking(true)}>
            {t('new.open')}
          </Button>
        </EmptyState>
      ) : (
        <BackupTable backups={backups.data} onRestore={setRestoring} />
      )}
      <Schedule />
      <NewBackup opened={making} onClose={() => setMaking(false)} />
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(undefined)} />}
    </PageFrame>
  );
}

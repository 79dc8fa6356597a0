import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { useAct } from '~/ui/actions/useAct';
import { ErrorState } from '~/ui/States';
import { Elapsed } from '~/ui/texts/Elapsed';
import { isName } from './model';

/** Takes a backup now. The server answers when it was taken and looked through. */
export function NewBackup({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('backups');
  const [name, setName] = useState('');
  const full = name === '' || name.endsWith('.zip') ? name : `${name}.zip`;
  const wrong = full !== '' && !isName(full);
  const take = useAct({
    do: () => pb.backups.create(full),
    done: t('new.done'),
    quiet: true,
    refresh: [['backups']],
    finished: () => {
      setName('');
      onClose();
    },
  });
  const close = () => {
    take.reset();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong && !take.isPending) take.mutate();
  };
  return (
    <Modal opened={opened} onClose={close} title={t('new.title')}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('new.text')}</Text>
          <TextInput
            label={t('new.name')}
            placeholder={t('new.placeholder')}
            description={t('new.nameHint')}
            value={name}
            disabled={take.isPending}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong ? t('new.nameWrong') : take.error ? problemOf(take.error).fields.name : undefined}
            data-autofocus
          />
          {take.isPending && <Elapsed text={t('new.running')} />}
          {take.isError && <ErrorState error={take.error} />}
          <Group justify="end">
            <Button variant="default" onClick={close}>
              {take.isPending ? t('new.leave') : t('new.cancel')}
            </Button>
            <Button type="submit" loading={take.isPending} disabled={wrong}>
              {t('new.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

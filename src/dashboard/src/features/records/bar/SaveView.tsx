import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';

/** Asks for the name of a new view. */
export function SaveView({ onClose, onSave }: { onClose: () => void; onSave: (name: string) => Promise<void> }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation('common');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await onSave(name.trim());
      onClose();
    } catch (error) {
      setWrong(problemOf(error).message);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('views.add')} closeButtonProps={{ 'aria-label': common('actions.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save();
        }}
      >
        <Stack>
          <Text size="sm">{t('views.hint')}</Text>
          <TextInput
            label={t('views.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong}
            data-autofocus
          />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {common('actions.cancel')}
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={busy}>
              {common('actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Button, FileButton, Group, JsonInput, Modal, Stack, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FileJson } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useAct } from '~/ui/actions/useAct';
import { ErrorState } from '~/ui/States';
import { PlanView } from '../edit/PlanView';
import { planOfImport } from '../model/plan';
import { readCollections } from './transfer';

/** Brings collections in from JSON; what it would do is shown before. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['collections', 'common']);
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const [asked] = useDebouncedValue(text, 400);
  const collections = useMemo(() => readCollections(asked), [asked]);
  const { data: plan, error } = useQuery({
    queryKey: ['collections', 'import-plan', asked, missing],
    queryFn: () => planOfImport(collections ?? [], missing),
    enabled: opened && collections !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const importing = useAct({
    do: () => pb.collections.import((collections ?? []) as never[], missing),
    done: t('import.done'),
    refresh: [['collections']],
    finished: () => {
      setText('');
      onClose();
    },
  });

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('import.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('actions.close', { ns: 'common' }) }}
    >
      <Stack>
        <Group>
          <FileButton accept="application/json,.json" onChange={(file) => file?.text().then(setText)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<FileJson size={16} aria-hidden />}>
                {t('import.file')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {t('import.hint')}
          </Text>
        </Group>
        <JsonInput
          aria-label={t('import.text')}
          placeholder='[{"name": "posts", "type": "base", "fields": [{"name": "title", "type": "text"}]}]'
          autosize
          minRows={6}
          maxRows={14}
          value={text}
          onChange={setText}
          error={text.trim() !== '' && asked === text && !collections ? t('import.wrong') : undefined}
        />
        <Switch
          label={t('import.missing')}
          description={t('import.missingHint')}
          checked={missing}
          onChange={(event) => setMissing(event.currentTarget.checked)}
        />
        {error && collections ? <ErrorState error={error} /> : null}
        {plan && collections && !error && <PlanView plan={plan} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel', { ns: 'common' })}
          </Button>
          <Button
            color={plan?.loses ? 'red' : undefined}
            disabled={!plan || !collections || Boolean(error) || asked !== text}
            loading={importing.isPending}
            onClick={() => importing.mutate()}
          >
            {t(plan?.loses ? 'import.doLose' : 'import.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

import { Alert, Button, CloseButton, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert, Undo2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { dropUndo, lastUndo, undoKey } from '~/api/undo';
import { Running } from '~/ui/ImportRecords/Running';
import { ErrorState } from '~/ui/States';
import { TimeText } from '~/ui/texts/TimeText';
import { countsOf } from './undoPlan';
import type { BulkState } from './useBulk';

/** How an action ended: names of sentences with their numbers. */
function sentences(ended: Extract<BulkState, { phase: 'done' | 'undone' }>) {
  if (ended.phase === 'done') return [[`bulk.ended.${ended.kind === 'import' ? 'update' : ended.kind}`, ended.outcome.done.length]] as const;
  const { removed, restored, remade } = countsOf(ended.outcome.done);
  const said = [
    ['bulk.undone.removed', removed],
    ['bulk.undone.restored', restored],
    ['bulk.undone.remade', remade],
    ['bulk.undone.kept', ended.kept],
  ] as const;
  const any = said.filter(([, count]) => count > 0);
  return any.length > 0 ? any : ([['bulk.undone.restored', 0]] as const);
}

interface BulkNoticeProps {
  collection: CollectionModel;
  state: BulkState | null;
  onStop: () => void;
  onDismiss: () => void;
  onUndo: () => void;
}

/** How far an action on many records is, how it ended, and the way back. */
export function BulkNotice({ collection, state, onStop, onDismiss, onUndo }: BulkNoticeProps) {
  const { t, i18n } = useTranslation('records');
  const { t: common } = useTranslation('common');
  const undo = useQuery({ queryKey: undoKey(collection.id), queryFn: () => lastUndo(collection.id), staleTime: Number.POSITIVE_INFINITY });
  const number = new Intl.NumberFormat(i18n.language);
  if (state?.phase === 'running' || state?.phase === 'gathering')
    return (
      <Paper withBorder p="sm">
        {state.phase === 'running' ? (
          <Running progress={state.progress} onStop={onStop} />
        ) : (
          <Text size="sm">{t('bulk.gathering', { found: number.format(state.found) })}</Text>
        )}
      </Paper>
    );
  const entry = undo.data;
  const ended = state?.phase === 'done' || state?.phase === 'undone' ? state : null;
  if (!entry && !state) return null;
  const faults = ended?.outcome.faults ?? [];
  const forget = async () => {
    onDismiss();
    await dropUndo(collection.id);
    undo.refetch();
  };
  return (
    <Stack gap="xs">
      {state?.phase === 'failed' && <ErrorState error={state.error} />}
      {ended && (faults.length > 0 || !entry) && (
        <Alert
          color={faults.length > 0 ? 'yellow' : 'green'}
          variant="light"
          icon={faults.length > 0 ? <TriangleAlert aria-hidden /> : <CircleCheck aria-hidden />}
          withCloseButton
          closeButtonLabel={common('actions.close')}
          onClose={onDismiss}
          role="status"
        >
          {sentences(ended)
            .map(([key, count]) => t(key, { count, number: number.format(count) }))
            .join(' ')}
          {faults.length > 0 && (
            <>
              {` ${t('bulk.failed', { failed: number.format(faults.length) })}:`}
              <List size="sm">
                {[...new Set(faults.map(({ problem }) => Object.values(problem.fields)[0] ?? problem.message))].slice(0, 5).map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
              </List>
            </>
          )}
        </Alert>
      )}
      {entry && (
        <Paper withBorder px="sm" py={6} role="status">
          <Group gap="xs">
            <Text size="sm">{t(`bulk.last.${entry.kind}`, { count: entry.count, number: number.format(entry.count) })}</Text>
            <TimeText value={entry.at} size="sm" c="dimmed" />
            <Group gap={4} ml="auto">
              {entry.lost.length > 0 && (
                <Text size="xs" c="dimmed">
                  {t('bulk.lost', { what: entry.lost.map((one) => t(`bulk.lostWhat.${one}`)).join(', ') })}
                </Text>
              )}
              <Button variant="light" size="xs" leftSection={<Undo2 size={14} aria-hidden />} onClick={onUndo}>
                {t('bulk.undo')}
              </Button>
              <CloseButton size="sm" onClick={forget} aria-label={t('bulk.forget')} />
            </Group>
          </Group>
        </Paper>
      )}
    </Stack>
  );
}

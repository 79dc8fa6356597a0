import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { words } from '~/i18n';
import { countsOf, type UndoPlan } from './undoPlan';

/** Asks before work of somebody is lost: whether records that were changed since are taken back, too. Null when nothing is to be done. */
export function askUndo(plan: UndoPlan): Promise<{ changedToo: boolean } | null> {
  const { removed } = countsOf([...plan.safe, ...plan.changed]);
  if (plan.changed.length === 0 && removed === 0) return Promise.resolve({ changedToo: false });
  return new Promise((resolve) => {
    const id = modals.open({
      title: words.t('bulk.undoTitle', { ns: 'records' }),
      children: (
        <UndoForm
          plan={plan}
          done={(answer) => {
            resolve(answer);
            modals.close(id);
          }}
        />
      ),
      onClose: () => resolve(null),
    });
  });
}

function UndoForm({ plan, done }: { plan: UndoPlan; done: (answer: { changedToo: boolean } | null) => void }) {
  const { t, i18n } = useTranslation('records');
  const { t: common } = useTranslation('common');
  const [changedToo, setChangedToo] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  const changes = changedToo ? [...plan.safe, ...plan.changed] : plan.safe;
  const { removed, restored } = countsOf(changes);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done({ changedToo });
      }}
    >
      <Stack gap="sm">
        {removed > 0 && <Text size="sm">{t('bulk.undoRemoves', { count: removed, number: number.format(removed) })}</Text>}
        {restored > 0 && <Text size="sm">{t('bulk.undoRestores', { count: restored, number: number.format(restored) })}</Text>}
        {plan.changed.length > 0 && (
          <>
            <Text size="sm" fw={500}>
              {t('bulk.undoChanged', { count: plan.changed.length, number: number.format(plan.changed.length) })}
            </Text>
            <Checkbox
              label={t('bulk.undoChangedToo')}
              checked={changedToo}
              onChange={(event) => setChangedToo(event.currentTarget.checked)}
              color="red"
            />
          </>
        )}
        <Group justify="end">
          <Button variant="default" onClick={() => done(null)}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" color={removed > 0 || changedToo ? 'red' : undefined} disabled={changes.length === 0}>
            {t('bulk.undo')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

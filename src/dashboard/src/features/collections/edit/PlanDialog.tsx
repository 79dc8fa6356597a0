import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../model/plan';
import { PlanView } from './PlanView';

interface PlanDialogProps {
  plan: Plan | undefined;
  /** The button that does it. */
  action: string;
  saving: boolean;
  onDo: () => void;
  onClose: () => void;
}

/** Shows what a change would do before it is done. What loses something is done only after a tick that says so. */
export function PlanDialog({ plan, action, saving, onDo, onClose }: PlanDialogProps) {
  const { t } = useTranslation(['collections', 'common']);
  return (
    <Modal
      opened={plan !== undefined}
      onClose={onClose}
      title={t('plan.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close', { ns: 'common' }) }}
    >
      {plan && (
        <>
          <PlanView plan={plan} />
          <Confirmation key={JSON.stringify(plan)} loses={plan.loses} action={action} saving={saving} onDo={onDo} onClose={onClose} />
        </>
      )}
    </Modal>
  );
}

function Confirmation({ loses, action, saving, onDo, onClose }: Omit<PlanDialogProps, 'plan'> & { loses: boolean }) {
  const { t } = useTranslation(['collections', 'common']);
  const [sure, setSure] = useState(false);
  return (
    <>
      {loses && <Checkbox mt="md" color="red" label={t('plan.sure')} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />}
      <Group justify="end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('actions.cancel', { ns: 'common' })}
        </Button>
        <Button color={loses ? 'red' : undefined} disabled={loses && !sure} loading={saving} onClick={onDo} data-autofocus={loses ? undefined : true}>
          {action}
        </Button>
      </Group>
    </>
  );
}

import { Box, Group, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import classes from './fields.module.css';
import type { FieldProps } from './props';

/** The name of a field with the sign of its type. */
export function FieldLabel({ name, type, changed }: { name: string; type: string; changed?: boolean }) {
  const { t } = useTranslation('editor');
  return (
    <Group component="span" gap={6} display="inline-flex" className={classes.label}>
      <FieldIcon type={type} />
      <span>{name}</span>
      {changed && <span className={classes.changed} role="img" aria-label={t('field.changed')} title={t('field.changed')} />}
    </Group>
  );
}

/** Name, help and error around an editor that is no plain input. It is a group with that name. */
export function FieldFrame({
  field,
  error,
  changed,
  actions,
  children,
}: Pick<FieldProps<unknown>, 'field' | 'error' | 'changed'> & { actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Box role="group" aria-labelledby={id}>
      <Group justify="space-between" align="end" mb={4} mih={22}>
        <Input.Label id={id} labelElement="div" required={field.required}>
          <FieldLabel name={field.name} type={field.type} changed={changed} />
        </Input.Label>
        {actions}
      </Group>
      {field.help && <Input.Description mb={6}>{field.help}</Input.Description>}
      {children}
      {error && (
        <Input.Error mt={6} role="alert">
          {error}
        </Input.Error>
      )}
    </Box>
  );
}

import { Anchor, Group, NumberInput, type NumberInputProps, PasswordInput, Stack, Switch, type SwitchProps, Text, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '~/api/settings';
import classes from './Settings.module.css';

export type Form = UseFormReturnType<Settings>;

/** Settings that belong together, under a heading. */
export function Block({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.block}>
      <Stack gap={2}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {hint && (
          <Text size="sm" c="dimmed" component="div">
            {hint}
          </Text>
        )}
      </Stack>
      {children}
    </section>
  );
}

/** Inputs beside each other where there is room. */
export const Pair = ({ children }: { children: ReactNode }) => <div className={classes.pair}>{children}</div>;

/** Something that is on or off. */
export function Toggle({ form, path, ...props }: { form: Form; path: string } & Omit<SwitchProps, 'form'>) {
  return <Switch {...props} {...form.getInputProps(path, { type: 'checkbox' })} />;
}

/** A number; an empty input counts as 0. */
export function Count({ form, path, ...props }: { form: Form; path: string } & Omit<NumberInputProps, 'form'>) {
  const { onChange, ...input } = form.getInputProps(path);
  return <NumberInput min={0} allowDecimal={false} {...props} {...input} onChange={(value) => onChange(value === '' ? 0 : Number(value))} />;
}

/** A secret that the server keeps and never shows: untouched it stays, and it can be removed. */
export function Secret({ form, path, label }: { form: Form; path: string; label: string }) {
  const { t } = useTranslation('settings');
  const { value, onChange, error } = form.getInputProps(path);
  const removed = value === '';
  return (
    <PasswordInput
      label={label}
      autoComplete="new-password"
      error={error}
      value={value ?? ''}
      placeholder={removed ? t('secret.removed') : t('secret.kept')}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      inputContainer={(input) => (
        <Stack gap={4}>
          {input}
          <Group>
            <Anchor component="button" type="button" size="xs" onClick={() => onChange(removed || value ? undefined : '')}>
              {removed || value ? t('secret.keep') : t('secret.remove')}
            </Anchor>
          </Group>
        </Stack>
      )}
    />
  );
}

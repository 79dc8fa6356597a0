import { ActionIcon, Group, MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput, Tooltip } from '@mantine/core';
import { Dices, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '~/ui/actions/CopyButton';
import { isMultiple } from '../model/values';
import { FieldLabel } from './FieldFrame';
import { makePassword } from './makePassword';
import type { FieldProps } from './props';

const frame = ({ field, error, changed }: Pick<FieldProps<unknown>, 'field' | 'error' | 'changed'>) => ({
  label: <FieldLabel name={field.name} type={field.type} changed={changed} />,
  description: field.help || undefined,
  error: error || undefined,
  required: Boolean(field.required),
});

/** Text: one line that grows. */
export function TextField({ field, value, onChange, error, changed, record }: FieldProps<string>) {
  const { t } = useTranslation('editor');
  const automatic = !record && field.autogeneratePattern ? t('field.automatic') : undefined;
  return (
    <Textarea
      {...frame({ field, error, changed })}
      required={Boolean(field.required) && !automatic}
      autosize
      minRows={1}
      maxRows={12}
      dir="auto"
      value={value}
      placeholder={automatic}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A mail address or a web address; what is stored can be opened. */
export function AddressField({ field, value, onChange, error, changed }: FieldProps<string>) {
  const { t } = useTranslation('editor');
  const href = field.type === 'email' ? value && `mailto:${value}` : /^https?:\/\//i.test(value) && value;
  return (
    <TextInput
      {...frame({ field, error, changed })}
      type={field.type === 'email' ? 'email' : 'url'}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={
        href ? (
          <ActionIcon
            component="a"
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            variant="subtle"
            color="gray"
            aria-label={t('field.open', { name: field.name })}
          >
            <ExternalLink size={15} aria-hidden />
          </ActionIcon>
        ) : undefined
      }
    />
  );
}

/** A number. */
export function NumberField({ field, value, onChange, error, changed }: FieldProps<number | ''>) {
  return (
    <NumberInput
      {...frame({ field, error, changed })}
      value={value}
      allowDecimal={!field.onlyInt}
      decimalScale={20}
      onChange={(next) => onChange(next === '' || Number.isNaN(Number(next)) ? '' : Number(next))}
    />
  );
}

/** Yes or no. */
export function BoolField({ field, value, onChange, error, changed }: FieldProps<boolean>) {
  return (
    <Switch
      label={<FieldLabel name={field.name} type={field.type} changed={changed} />}
      description={field.help || undefined}
      error={error || undefined}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** One or several of given values. */
export function SelectField({ field, value, onChange, error, changed }: FieldProps<string[]>) {
  const { t } = useTranslation('editor');
  // What is stored but no longer allowed stays visible until somebody takes it away.
  const values = [...new Set([...((field.values as string[]) ?? []), ...value])];
  if (isMultiple(field))
    return (
      <MultiSelect
        {...frame({ field, error, changed })}
        data={values}
        value={value}
        onChange={onChange}
        maxValues={field.maxSelect}
        searchable={values.length > 8}
        hidePickedOptions
        clearable={!field.required}
        placeholder={value.length === 0 ? t('field.choose') : undefined}
      />
    );
  return (
    <Select
      {...frame({ field, error, changed })}
      data={values}
      value={value[0] ?? null}
      onChange={(next) => onChange(next ? [next] : [])}
      searchable={values.length > 8}
      clearable={!field.required}
      placeholder={t('field.choose')}
    />
  );
}

/** A password: written, never read. */
export function PasswordField({ field, value, onChange, error, changed, record }: FieldProps<string>) {
  const { t } = useTranslation('editor');
  const [shown, setShown] = useState(false);
  return (
    <Group align="end" gap={4} wrap="nowrap">
      <PasswordInput
        {...frame({ field, error, changed })}
        required={Boolean(field.required) && !record}
        flex={1}
        autoComplete="new-password"
        value={value}
        visible={shown}
        onVisibilityChange={setShown}
        placeholder={record ? t('password.keep') : undefined}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Tooltip label={t('password.make')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('password.make')}
          onClick={() => {
            onChange(makePassword());
            setShown(true);
          }}
        >
          <Dices size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {value && <CopyButton value={value} label={t('password.copy')} />}
    </Group>
  );
}

import { Group, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../Collections.module.css';
import type { FieldDraft } from '../model/draft';
import { OptionInput } from './OptionInput';
import { optionsOf } from './options';

interface FieldOptionsProps {
  field: FieldDraft;
  onChange: (change: Partial<FieldDraft>) => void;
  /** Messages of the server by the name of the option. */
  errors: Record<string, string>;
}

/** Everything about a field but its name and type. */
export function FieldOptions({ field, onChange, errors }: FieldOptionsProps) {
  const { t } = useTranslation('collections');
  const options = optionsOf[field.type] ?? [];
  const flag = (name: 'required' | 'hidden' | 'presentable', fixed = false) => (
    <Switch
      label={t(`flags.${name}`)}
      description={t(`flagHints.${name}`)}
      error={errors[name]}
      checked={field[name]}
      disabled={fixed}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <div className={classes.options}>
      {field.system && (
        <Text size="sm" c="dimmed">
          {t('fields.system')}
        </Text>
      )}
      {options.length > 0 && (
        <div className={classes.pair}>
          {options.map((option) => (
            <OptionInput key={option.name} field={field} option={option} onChange={onChange} error={errors[option.name]} />
          ))}
        </div>
      )}
      <Group gap="xl" align="start">
        {field.type !== 'autodate' && flag('required', field.system && field.name !== 'email')}
        {flag('hidden', field.system)}
        {flag('presentable')}
      </Group>
      {field.type !== 'autodate' && (
        <TextInput
          label={t('fields.help')}
          description={t('fields.helpHint')}
          maxLength={300}
          error={errors.help}
          value={field.help ?? ''}
          onChange={(event) => onChange({ help: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

import { NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCollections } from '~/api/queries';
import { bytesText } from '~/ui/texts/formats';
import type { FieldDraft } from '../model/draft';
import type { FieldOption } from './options';

interface OptionInputProps {
  field: FieldDraft;
  option: FieldOption;
  onChange: (change: Partial<FieldDraft>) => void;
  error?: string;
}

/** One option of a field. */
export function OptionInput({ field, option, onChange, error }: OptionInputProps) {
  const { t, i18n } = useTranslation('collections');
  const collections = useCollections() ?? [];
  const { name, input, placeholder } = option;
  const label = t(`options.${name}`);
  const hint = t(`optionHints.${name}`);
  const value = field[name];
  const set = (next: unknown) => onChange({ [name]: next });
  const shared = { label, description: hint || undefined, placeholder, error };

  switch (input) {
    case 'switch':
      return (
        <Switch
          label={label}
          description={hint || undefined}
          error={error}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'text':
      return <TextInput {...shared} value={typeof value === 'string' ? value : ''} onChange={(event) => set(event.currentTarget.value)} />;
    case 'list':
    case 'values':
      return (
        <TagsInput {...shared} value={Array.isArray(value) ? value.map(String) : []} onChange={set} splitChars={[',', '\n']} acceptValueOnBlur />
      );
    case 'collection':
      return (
        <Select
          {...shared}
          required
          searchable
          disabled={Boolean(field.id && value)}
          data={collections.filter(({ type }) => type !== 'view').map(({ id, name: text }) => ({ value: id, label: text }))}
          value={typeof value === 'string' && value ? value : null}
          onChange={(next) => set(next ?? '')}
        />
      );
    default: {
      const size = typeof value === 'number' && value > 0 ? bytesText(value, i18n.language) : undefined;
      const empty = value === null || value === undefined || (value === 0 && !option.nullable && placeholder !== undefined);
      return (
        <NumberInput
          {...shared}
          description={input === 'bytes' && size ? `${hint} ${size}.` : shared.description}
          min={option.min ?? 0}
          allowDecimal={option.nullable === true}
          value={empty ? '' : Number(value)}
          onChange={(next) => set(next === '' ? (option.nullable ? null : 0) : Number(next))}
        />
      );
    }
  }
}

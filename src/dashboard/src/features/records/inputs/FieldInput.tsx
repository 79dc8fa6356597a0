import { Group, MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { CollectionField } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { fromLocal, toLocal } from './dates';
import { RelationInput } from './RelationInput';

export interface FieldInputProps {
  field: CollectionField;
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  /** Its name is spoken, not shown: within a cell. */
  bare?: boolean;
  error?: string | null;
}

/** Types whose values can be changed in a cell or for many records at once. */
export const editableTypes = new Set(['text', 'number', 'bool', 'email', 'url', 'date', 'select', 'json', 'relation', 'geoPoint']);

/** An input for a value of a field. */
export function FieldInput({ field, value, onChange, label, bare = false, error }: FieldInputProps) {
  const { t } = useTranslation('records');
  const shared = {
    size: bare ? ('xs' as const) : ('sm' as const),
    error,
    w: '100%',
    'data-autofocus': true,
    ...(bare ? { 'aria-label': label } : { label }),
  };
  switch (field.type) {
    case 'bool':
      return (
        <Switch
          size="sm"
          data-autofocus
          {...(bare ? { 'aria-label': label } : { label })}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? 0 : Number(next))}
          hideControls={bare}
        />
      );
    case 'date':
      return (
        <TextInput
          {...shared}
          type="datetime-local"
          step={1}
          value={toLocal(String(value ?? ''))}
          onChange={(event) => onChange(fromLocal(event.currentTarget.value))}
        />
      );
    case 'select':
      return (field.maxSelect ?? 0) > 1 ? (
        <MultiSelect
          {...shared}
          data={field.values ?? []}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
          searchable
          clearable
          maxValues={field.maxSelect}
          comboboxProps={{ withinPortal: true }}
        />
      ) : (
        <Select
          {...shared}
          data={field.values ?? []}
          value={typeof value === 'string' && value ? value : null}
          onChange={(next) => onChange(next ?? '')}
          searchable
          clearable
          comboboxProps={{ withinPortal: true }}
        />
      );
    case 'relation':
      return <RelationInput {...shared} field={field} value={value} onChange={onChange} />;
    case 'json':
      return (
        <Textarea
          {...shared}
          ff="monospace"
          rows={bare ? 1 : 4}
          value={typeof value === 'string' ? value : JSON.stringify(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'geoPoint': {
      const point = (typeof value === 'object' && value ? value : { lon: 0, lat: 0 }) as { lon: number; lat: number };
      return (
        <Group gap={4} wrap="nowrap" w="100%">
          <NumberInput
            {...shared}
            {...(bare ? { 'aria-label': t('inputs.lat') } : { label: t('inputs.lat') })}
            hideControls
            value={point.lat}
            onChange={(lat) => onChange({ ...point, lat: Number(lat) })}
          />
          <NumberInput
            {...shared}
            {...(bare ? { 'aria-label': t('inputs.lon') } : { label: t('inputs.lon') })}
            data-autofocus={undefined}
            error={undefined}
            hideControls
            value={point.lon}
            onChange={(lon) => onChange({ ...point, lon: Number(lon) })}
          />
        </Group>
      );
    }
    default:
      return (
        <TextInput
          {...shared}
          type={field.type === 'email' ? 'email' : field.type === 'url' ? 'url' : 'text'}
          dir="auto"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

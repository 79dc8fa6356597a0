import { Group, SegmentedControl, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { fromInput, toInput, type Zone } from './dates';
import { FieldFrame } from './FieldFrame';
import type { FieldProps } from './props';

/** An instant, entered in the viewer's zone or in UTC, and shown in the other, too. */
export function DateField({ field, value, onChange, error, changed }: FieldProps<string>) {
  const { t, i18n } = useTranslation('editor');
  const [zone, setZone] = useLocalStorage<Zone>({ key: 'hearth.editor.zone', defaultValue: 'local' });
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const instant = value ? new Date(value.replace(' ', 'T')) : null;
  const other = instant
    ? new Intl.DateTimeFormat(i18n.language, {
        dateStyle: 'medium',
        timeStyle: 'medium',
        timeZone: zone === 'local' ? 'UTC' : local,
        timeZoneName: undefined,
      }).format(instant)
    : '';
  return (
    <FieldFrame
      field={field}
      error={error}
      changed={changed}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('date.zone')}
          value={zone}
          onChange={(next) => setZone(next as Zone)}
          data={[
            { value: 'local', label: local === 'UTC' ? t('date.local') : local },
            { value: 'utc', label: 'UTC' },
          ]}
        />
      }
    >
      <DateTimePicker
        aria-label={`${field.name}: ${toInput(value, zone) ?? t('date.none')}`}
        value={toInput(value, zone)}
        onChange={(next) => onChange(fromInput(next, zone))}
        valueFormat="YYYY-MM-DD HH:mm:ss"
        withSeconds
        clearable
        clearButtonProps={{ 'aria-label': t('date.clear') }}
        locale={i18n.language}
        placeholder={t('date.none')}
        error={Boolean(error)}
      />
      {other && (
        <Group gap={4} mt={4}>
          <Text size="xs" c="dimmed">
            {t('date.is', { time: other, zone: zone === 'local' ? 'UTC' : local })}
          </Text>
        </Group>
      )}
    </FieldFrame>
  );
}

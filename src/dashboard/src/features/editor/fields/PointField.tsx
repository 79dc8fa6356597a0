import { Button, Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WorldMap } from '~/ui/world/WorldMap';
import type { Point } from '../model/values';
import { FieldFrame } from './FieldFrame';
import type { FieldProps } from './props';

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** A place: on the map, or as numbers. */
export default function PointField({ field, value, onChange, error, changed }: FieldProps<Point>) {
  const { t } = useTranslation('editor');
  const set = value.lon !== 0 || value.lat !== 0;
  return (
    <FieldFrame
      field={field}
      error={error}
      changed={changed}
      actions={
        set && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange({ lon: 0, lat: 0 })}>
            {t('point.clear')}
          </Button>
        )
      }
    >
      <WorldMap
        label={t('point.map', { name: field.name })}
        points={set ? [{ ...value, id: field.name }] : []}
        onPick={({ lon, lat }) => onChange({ lon: round(lon), lat: round(lat) })}
        height={240}
      />
      <Group grow mt={6}>
        <NumberInput
          label={t('point.lat')}
          size="xs"
          value={value.lat}
          min={-90}
          max={90}
          decimalScale={8}
          suffix=" °"
          onChange={(lat) => onChange({ ...value, lat: Number(lat) || 0 })}
        />
        <NumberInput
          label={t('point.lon')}
          size="xs"
          value={value.lon}
          min={-180}
          max={180}
          decimalScale={8}
          suffix=" °"
          onChange={(lon) => onChange({ ...value, lon: Number(lon) || 0 })}
        />
      </Group>
    </FieldFrame>
  );
}

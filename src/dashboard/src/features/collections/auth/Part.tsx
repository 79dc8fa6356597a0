import { NumberInput, Stack, Switch, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../Collections.module.css';

interface PartProps {
  title: string;
  hint?: string;
  /** With it, the part can be switched on and off; what it needs is shown while it is on. */
  on?: boolean;
  onSwitch?: (on: boolean) => void;
  fixed?: boolean;
  error?: string;
  children?: ReactNode;
}

/** A part of the sign-in options. */
export function Part({ title, hint, on, onSwitch, fixed, error, children }: PartProps) {
  return (
    <section className={classes.block}>
      {onSwitch ? (
        <Switch
          label={<Text fw={600}>{title}</Text>}
          description={hint}
          checked={on ?? false}
          disabled={fixed}
          error={error}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
      ) : (
        <Stack gap={2}>
          <Title order={3} size="h5">
            {title}
          </Title>
          {hint && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </Stack>
      )}
      {(!onSwitch || on) && children}
    </section>
  );
}

const units = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
] as const;

/** A number of seconds; what it is in larger units stands below. */
export function Seconds({
  label,
  value,
  onChange,
  error,
  min = 10,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  error?: string;
  min?: number;
}) {
  const { t } = useTranslation('collections');
  const unit = units.find(([seconds]) => value >= seconds);
  return (
    <NumberInput
      label={label}
      description={unit ? t(`auth.${unit[1]}`, { count: Math.round((value / unit[0]) * 10) / 10 }) : t('auth.seconds')}
      suffix=" s"
      min={min}
      allowDecimal={false}
      value={value}
      error={error}
      onChange={(next) => onChange(Number(next) || 0)}
    />
  );
}

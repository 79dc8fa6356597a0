import { Text, type TextProps, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** An instant in the viewer's zone and language; the exact time in UTC on hover. `value` is a date of the API, such as `2026-11-22 10:00:00.000Z`. */
export function TimeText({ value, seconds = false, ...props }: { value: string | null | undefined; seconds?: boolean } & TextProps) {
  const { i18n } = useTranslation();
  const instant = value ? new Date(value.replace(' ', 'T')) : null;
  if (!instant || Number.isNaN(instant.getTime())) {
    return (
      <Text span c="dimmed" {...props}>
        –
      </Text>
    );
  }
  const text = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: seconds ? 'medium' : 'short' }).format(instant);
  return (
    <Tooltip label={`${instant.toISOString().replace('T', ' ').replace('Z', ' UTC')}`}>
      <Text span {...props}>
        <time dateTime={instant.toISOString()}>{text}</time>
      </Text>
    </Tooltip>
  );
}

import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A moment in a list of many: the time today, with its day before that; the exact time in UTC on hover. */
export function Moment({ value }: { value: string }) {
  const { i18n } = useTranslation();
  const instant = new Date(value.replace(' ', 'T'));
  const today = instant.toDateString() === new Date().toDateString();
  const day = today ? '' : `${new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short' }).format(instant)} `;
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(instant);
  return (
    <Tooltip label={instant.toISOString().replace('T', ' ').replace('Z', ' UTC')}>
      <time dateTime={instant.toISOString()}>
        {day}
        {time}
      </time>
    </Tooltip>
  );
}

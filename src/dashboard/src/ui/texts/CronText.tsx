import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nextTime, type Rhythm, readCron, rhythmOf } from './cron';
import { TimeText } from './TimeText';

/** What a cron expression means, and when it is due next. */
export function CronText({ value, next = false }: { value: string; next?: boolean }) {
  const { t, i18n } = useTranslation('common');
  const cron = readCron(value);
  if (!cron) return <Text span>{t('cron.invalid')}</Text>;
  const due = next ? nextTime(cron, new Date()) : null;
  return (
    <Text span>
      {sentence(rhythmOf(cron), i18n.language, t)}
      {next && (
        <>
          {' · '}
          {due ? (
            <>
              {t('cron.next')} <TimeText value={due.toISOString()} inherit />
            </>
          ) : (
            t('cron.never')
          )}
        </>
      )}
    </Text>
  );
}

type Words = ReturnType<typeof useTranslation<'common'>>['t'];

function sentence(rhythm: Rhythm, language: string, t: Words): string {
  switch (rhythm.every) {
    case 'minutes':
      return t('cron.minutes', { count: rhythm.count });
    case 'hours':
      return t('cron.hours', { count: rhythm.count, minute: String(rhythm.minute).padStart(2, '0') });
    case 'day':
      return t('cron.day', { time: rhythm.time });
    case 'week':
      return t('cron.week', { time: rhythm.time, weekday: nameOf({ weekday: 'long' }, Date.UTC(2023, 0, 1 + (rhythm.weekday ?? 0)), language) });
    case 'month':
      return t('cron.month', { time: rhythm.time, day: rhythm.day });
    case 'year':
      return t('cron.year', {
        time: rhythm.time,
        date: nameOf({ day: 'numeric', month: 'long' }, Date.UTC(2024, (rhythm.month ?? 1) - 1, rhythm.day), language),
      });
    default:
      return t('cron.other');
  }
}

// 1 January 2023 was a Sunday.
const nameOf = (form: Intl.DateTimeFormatOptions, time: number, language: string) =>
  new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }).format(time);

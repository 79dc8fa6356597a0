import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '~/ui/States';
import classes from './Home.module.css';
import { type Hour, newAccounts, today } from './model';
import { Section } from './Section';

/** What went on since midnight, and the requests of the last 24 hours. */
export function Today({ collections }: { collections: CollectionModel[] }) {
  const { t, i18n } = useTranslation('home');
  const day = useQuery(today);
  const accounts = useQuery(newAccounts(collections));
  const number = (count: number) => ({ count, number: new Intl.NumberFormat(i18n.language).format(count) });

  return (
    <Section
      title={t('today.title')}
      links={[
        { to: '/logs', label: t('today.requests') },
        { to: '/map', label: t('today.map') },
      ]}
    >
      {day.isError && <ErrorState error={day.error} retry={() => day.refetch()} />}
      {day.data && (
        <>
          <Text size="sm">
            {t('today.requests', number(day.data.requests))} {day.data.requests > 0 && t('today.failed', number(day.data.failed))}{' '}
            {accounts.data !== undefined && t('today.accounts', number(accounts.data))}
          </Text>
          <Hours hours={day.data.hours} />
        </>
      )}
    </Section>
  );
}

function Hours({ hours }: { hours: Hour[] }) {
  const { t, i18n } = useTranslation('home');
  const most = Math.max(1, ...hours.map(({ count }) => count));
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit' });
  const number = new Intl.NumberFormat(i18n.language);
  const hourMs = 3_600_000;

  return (
    <div className={classes.chart} role="img" aria-label={t('today.chart')}>
      <div className={classes.bars}>
        {hours.map(({ from, count }) => (
          <div
            key={from.getTime()}
            className={classes.bar}
            title={t('today.hour', { from: clock.format(from), until: clock.format(from.getTime() + hourMs), number: number.format(count) })}
          >
            <div style={{ height: `${(count / most) * 100}%` }} data-some={count > 0 || undefined} />
          </div>
        ))}
      </div>
      <div className={classes.axis}>
        {[0, 6, 12, 18, 23].map((at) => (
          <span key={at}>{hours[at] && clock.format(hours[at].from)}</span>
        ))}
      </div>
    </div>
  );
}

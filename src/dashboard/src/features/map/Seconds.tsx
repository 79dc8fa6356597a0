import { useTranslation } from 'react-i18next';
import type { Overview } from '~/api/overview';
import classes from './map.module.css';

/** The last minute, a bar a second. */
export function Seconds({ seconds }: { seconds: Overview['seconds'] }) {
  const { t } = useTranslation('map');
  const most = Math.max(1, ...seconds.requests);
  const height = (count: number) => ({ height: count ? `${Math.max(4, (count / most) * 100)}%` : 0 });
  return (
    <div className={classes.seconds} role="img" aria-label={t('seconds', { most })}>
      {seconds.requests.map((count, index) => {
        const failed = Math.min(count, seconds.failed[index] ?? 0);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the seconds move through the places
          <div key={index} className={classes.second}>
            <span className={classes.failed} style={height(failed)} />
            <span style={height(count - failed)} />
          </div>
        );
      })}
    </div>
  );
}

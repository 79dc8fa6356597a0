import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Journey } from '~/api/journeys';
import { millisecondsText } from '~/ui/texts/formats';
import type { Telling } from '../model/sentences';
import { sharesOf } from '../model/shares';
import { percent, verdictOf } from '../model/verdict';
import looks from './looks.module.css';
import classes from './TimeShares.module.css';

/** Where the time went: one bar, its parts in words, and what that means. */
export function TimeShares({ journey, telling }: { journey: Journey; telling: Telling }) {
  const { t, i18n } = useTranslation('journey');
  const shares = sharesOf(journey);
  const verdict = verdictOf(journey, telling);
  const parts = shares.map(({ cause, share }) => t('time.part', { name: t(`parts.${cause}`), share: percent(share, i18n.language) }));
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t(verdict.tone === 'slow' ? 'time.why' : 'time.title')}
        </Title>
        <Text maw="70ch">{verdict.text}</Text>
        {verdict.index && (
          <Text size="sm">
            <Link to={`/collections/${encodeURIComponent(verdict.index)}/edit`}>{t('time.index', { collection: verdict.index })}</Link>
          </Text>
        )}
        <div className={classes.bar} role="img" aria-label={t('time.label', { parts: parts.join(', ') })}>
          {shares.map(({ cause, share }) => (
            <div key={cause} className={`${classes.part} ${looks[cause]}`} data-cause={cause} style={{ flexGrow: share }} />
          ))}
        </div>
        <Group gap="4px 20px">
          {shares.map(({ cause, took, share }) => (
            <Text key={cause} size="sm" className={`${classes.legend} ${looks[cause]}`}>
              {t(`parts.${cause}`)} <span className={classes.number}>{millisecondsText(took, i18n.language)}</span>{' '}
              <span className={classes.share}>{percent(share, i18n.language)}</span>
            </Text>
          ))}
        </Group>
      </Stack>
    </Paper>
  );
}

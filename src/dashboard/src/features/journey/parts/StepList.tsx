import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Journey } from '~/api/journeys';
import { millisecondsText } from '~/ui/texts/formats';
import { sentencesOf, type Telling } from '../model/sentences';
import type { Station } from '../model/stations';
import { icons } from './looks';
import looks from './looks.module.css';
import { RuleFacts } from './RuleFacts';
import { Statements } from './Statements';
import classes from './StepList.module.css';

/** Most sentences that one entry tells. */
const most = 6;

interface StepListProps {
  stations: Station[];
  journey: Journey;
  telling: Telling;
  active?: string;
  onActive: (id?: string) => void;
}

/** The way of a request in words: one entry a station, with when it was and how long it took. */
export function StepList({ stations, journey, telling, active, onActive }: StepListProps) {
  const { t } = useTranslation('journey');
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        {t('steps.title')}
      </Title>
      <ol className={classes.list}>
        {stations.map((station) => (
          <Entry key={station.id} station={station} journey={journey} telling={telling} active={active === station.id} onActive={onActive} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ station, journey, telling, active, onActive }: Omit<StepListProps, 'stations' | 'active'> & { station: Station; active: boolean }) {
  const { t, i18n } = useTranslation('journey');
  const Icon = icons[station.kind];
  const sentences = [...new Set(sentencesOf(station, telling))];
  const part = (ms: number) => `${Math.min(100, (ms / Math.max(journey.total, 0.001)) * 100)}%`;
  return (
    <li
      className={`${classes.entry} ${looks[station.kind]}`}
      data-active={active || undefined}
      onMouseEnter={() => onActive(station.id)}
      onMouseLeave={() => onActive(undefined)}
    >
      <span className={classes.mark}>
        <Icon size={17} aria-hidden />
      </span>
      <div className={classes.told}>
        <Text fw={600}>{t(`parts.${station.kind}`)}</Text>
        {sentences.slice(0, most).map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        {sentences.length > most && <Text size="sm">{t('database.more', { count: sentences.length - most })}</Text>}
        {station.steps.map((step) => step.step === 'rule' && <RuleFacts key={`${step.at}${step.action}`} step={step} />)}
        {station.kind === 'database' && <Statements steps={station.steps} engine={journey.engine} />}
      </div>
      <div className={classes.times}>
        <Text size="sm" fw={600} className={classes.took}>
          {millisecondsText(station.took, i18n.language)}
        </Text>
        <Text size="xs" c="dimmed">
          {t('steps.after', { at: millisecondsText(station.at, i18n.language) })}
        </Text>
        <div className={classes.track} aria-hidden>
          <div className={classes.span} style={{ insetInlineStart: part(station.at), width: part(station.took) }} />
        </div>
      </div>
    </li>
  );
}

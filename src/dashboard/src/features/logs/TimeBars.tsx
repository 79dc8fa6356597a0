import { Group, Text } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Range } from './range';
import classes from './TimeBars.module.css';
import type { Bars } from './useLogs';

const day = 86_400_000;

/** Requests over time as bars: what went well, was refused, failed. Choosing a bar looks closer. */
export function TimeBars({ bars, onZoom }: { bars: Bars; onZoom: (range: Range) => void }) {
  const { t, i18n } = useTranslation('logs');
  const [at, setAt] = useState<number>();
  const [reached, setReached] = useState(0);
  const holder = useRef<HTMLDivElement>(null);
  const { range, bar, well, refused, failed } = bars;
  const totals = well.map((count, index) => count + (refused[index] ?? 0) + (failed[index] ?? 0));
  const most = Math.max(1, ...totals);
  const wide = range.to - range.from > day;
  const format = new Intl.DateTimeFormat(
    i18n.language,
    wide ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit' },
  );
  const start = (index: number) => range.from + index * bar;
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  const current = Math.min(reached, totals.length - 1);

  const told = (index?: number) =>
    index === undefined
      ? t('chart.all', { count: sum(totals), refused: sum(refused), failed: sum(failed) })
      : `${format.formatRange(start(index), start(index) + bar)}: ${t('chart.all', { count: totals[index] ?? 0, refused: refused[index] ?? 0, failed: failed[index] ?? 0 })}`;

  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -totals.length, End: totals.length }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(totals.length - 1, current + move));
    setReached(next);
    holder.current?.querySelectorAll('button')[next]?.focus();
  };

  const height = (count: number) => (count ? { height: `${Math.max(2, (count / most) * 100)}%` } : { display: 'none' });
  return (
    <div>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Text size="sm" className={classes.told}>
          {told(at)}
        </Text>
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t('chart.hint')}
        </Text>
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of bars is no set of form fields */}
      <div
        className={classes.bars}
        ref={holder}
        role="group"
        aria-label={t('chart.label')}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setAt(undefined)}
      >
        {totals.map((_, index) => (
          <button
            type="button"
            key={start(index)}
            className={classes.bar}
            tabIndex={index === current ? 0 : -1}
            aria-label={told(index)}
            onMouseEnter={() => setAt(index)}
            onFocus={() => setAt(index)}
            onBlur={() => setAt(undefined)}
            onClick={() => bar > 60_000 && onZoom({ from: start(index), to: start(index) + bar })}
          >
            <span className={classes.failed} style={height(failed[index] ?? 0)} />
            <span className={classes.refused} style={height(refused[index] ?? 0)} />
            <span className={classes.well} style={height(well[index] ?? 0)} />
          </button>
        ))}
      </div>
      <Group justify="space-between" mt={4} wrap="nowrap">
        {[0, 0.5, 1].map((share) => (
          <Text key={share} size="xs" c="dimmed" visibleFrom={share === 0.5 ? 'sm' : undefined}>
            {format.format(range.from + share * (range.to - range.from))}
          </Text>
        ))}
      </Group>
    </div>
  );
}

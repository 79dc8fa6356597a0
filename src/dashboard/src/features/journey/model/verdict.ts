import type { Journey } from '~/api/journeys';
import type { Telling } from './sentences';
import { type Cause, sharesOf } from './shares';

/** A request that took less is quick; one that took more than the other is slow. In ms. */
export const quickMs = 20;
export const slowMs = 100;

/** From so many rows on, their number is the reason. */
const manyRows = 500;

/** What the times say in words: whether it was quick, and if not, why and what helps. */
export interface Verdict {
  tone: 'quick' | 'fine' | 'slow';
  text: string;
  cause?: Cause;
  /** A collection whose indexes are worth a look. */
  index?: string;
}

/** Reads the times. */
export function verdictOf(journey: Journey, { t, language }: Telling): Verdict {
  const [first] = sharesOf(journey);
  if (!first || journey.total < quickMs) return { tone: 'quick', text: t('time.quick') };
  const share = percent(first.share, language);
  if (journey.total < slowMs) return { tone: 'fine', text: t('time.fine', { share, cause: t(`parts.${first.cause}`) }), cause: first.cause };
  const rows = Math.max(0, ...journey.steps.map((step) => (step.step === 'database' ? (step.rows ?? 0) : 0)));
  const rule = journey.steps.find((step) => step.step === 'rule');
  const because = () => {
    if (first.cause === 'database' && rows >= manyRows) return t('time.because.databaseMany', { share, rows });
    return t(`time.because.${first.cause}`, { share });
  };
  const index = first.cause === 'database' && rows < manyRows && rule?.step === 'rule' ? rule.collection : undefined;
  return { tone: 'slow', text: because(), cause: first.cause, index };
}

/** A share of the whole as `42 %`, in the way of the language. */
export const percent = (share: number, language: string): string =>
  `${share < 0.001 ? '< ' : ''}${new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share < 0.01 ? 1 : 0 }).format(Math.max(share, 0.001))}`;

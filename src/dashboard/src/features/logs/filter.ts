import { pb } from '~/api/client';
import { type Range, stamp } from './range';

/** The ready-made choices. */
export const kinds = ['all', 'well', 'refused', 'failed', 'slow', 'journeys'] as const;
export type Kind = (typeof kinds)[number];

/** What counts as slow, in ms. */
export const slowMs = 100;

const ofKind: Record<Kind, string> = {
  all: '',
  well: 'data.status < 400',
  refused: 'data.status >= 400 && data.status < 500',
  failed: 'data.status >= 500',
  slow: `data.execTime >= ${slowMs}`,
  journeys: 'data.journey.total > 0',
};

/** What a person typed as a filter: an expression stays what it is, plain words are looked for in the message. */
export function typed(text: string): string {
  const trimmed = text.trim();
  if (!trimmed) return '';
  return /^[(\s]*[@a-z_][\w.:@]*\s*\??[!=<>~]/i.test(trimmed) ? trimmed : pb.filter('message ~ {:words}', { words: trimmed });
}

/** What is asked of the log. `others`: requests of superusers are left out. */
export interface Asked {
  kind: Kind;
  text: string;
  range: Range | null;
  open?: boolean;
  others?: boolean;
}

/** All conditions together; the last bound of the range is left open while it follows the clock. */
export function filterOf({ kind, text, range, open = false, others = false }: Asked): string {
  const time = range ? [`created >= "${stamp(range.from)}"`, open ? '' : `created < "${stamp(range.to)}"`] : [];
  return [...time, ofKind[kind], others ? 'data.auth != "_superusers"' : '', typed(text)]
    .filter(Boolean)
    .map((part) => `(${part})`)
    .join(' && ');
}

import type { Journey, Step } from '~/api/journeys';

/** Where a station lies: with the people outside, in the server, or behind it. */
export type Lane = 'outside' | 'server' | 'behind';

/** Kinds that have words, a colour and an icon of their own. */
export const kinds = ['caller', 'limits', 'body', 'password', 'rule', 'hooks', 'database', 'files', 'mail', 'live', 'answer'] as const;
export type Kind = (typeof kinds)[number];

/** A station of the way: steps of one kind that follow each other. Times in ms since the request arrived. */
export interface Station {
  id: string;
  kind: Kind | 'other';
  lane: Lane;
  at: number;
  took: number;
  steps: Step[];
  /** Statements that were too many to be recorded one by one. */
  more: number;
}

const lanes: Partial<Record<Station['kind'], Lane>> = { database: 'behind', files: 'behind', mail: 'behind', live: 'outside' };

const kindOf = (step: string): Station['kind'] => kinds.find((kind) => kind === step) ?? 'other';
const moreOf = (step: Step): number => (step.step === 'database' && step.more) || 0;

/** The stations in the order of time, with the answer last. */
export function stationsOf(journey: Journey): Station[] {
  const steps = journey.steps
    .filter((step) => !moreOf(step))
    .sort((a, b) => Number(a.step === 'answer') - Number(b.step === 'answer') || a.at - b.at);
  const stations: Station[] = [];
  for (const step of steps) {
    const kind = kindOf(step.step);
    const last = stations.at(-1);
    // Standing in line and making the change safe belong to what is done with the database, though not to the statement.
    const [from, to] =
      step.step === 'database' ? [step.at - (step.waited ?? 0), step.at + step.took + (step.commit ?? 0)] : [step.at, step.at + step.took];
    if (last && last.kind === kind && kind !== 'other') {
      last.steps.push(step);
      last.took = Math.max(last.took, to - last.at);
    } else {
      stations.push({ id: `${kind}-${stations.length}`, kind, lane: lanes[kind] ?? 'server', at: from, took: to - from, steps: [step], more: 0 });
    }
  }
  const more = journey.steps.reduce((sum, step) => sum + moreOf(step), 0);
  const database = stations.findLast(({ kind }) => kind === 'database');
  if (database) database.more = more;
  return stations;
}

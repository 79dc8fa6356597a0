import type { Journey } from '~/api/journeys';
import { type Kind, kinds } from './stations';

/** What time can go to: a kind of step, or standing in line, or making a change safe on the disk, or the server's own work in between. */
export type Cause = Kind | 'waiting' | 'commit' | 'server';

/** How much of the time went to one cause; `share` of the whole from 0 to 1. */
export interface Share {
  cause: Cause;
  took: number;
  share: number;
}

interface Stretch {
  cause: Cause;
  from: number;
  to: number;
}

/** The stretches of time that are known, each with what it went to. Waiting comes before a statement, its commit behind it. */
export function stretchesOf(journey: Journey): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (cause: Cause, from: number, to: number) => {
    const clipped = { cause, from: Math.max(0, from), to: Math.min(journey.total, to) };
    if (clipped.to > clipped.from) stretches.push(clipped);
  };
  for (const step of journey.steps) {
    const cause = kinds.find((kind) => kind === step.step) ?? 'server';
    const end = step.at + step.took;
    add(cause, step.at, end);
    if (step.step !== 'database') continue;
    add('waiting', step.at - (step.waited ?? 0), step.at);
    add('commit', end, end + (step.commit ?? 0));
  }
  return stretches;
}

/**
 * Where the time went, the greatest part first. Stretches may lie within each other (an account is looked up in the database while it is found out who asks): each
 * moment counts once, for the innermost. What nobody claims is the server's own work.
 */
export function sharesOf(journey: Journey): Share[] {
  const stretches = stretchesOf(journey);
  const edges = [...new Set([0, journey.total, ...stretches.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const took = new Map<Cause, number>();
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1];
    if (to === undefined) break;
    const around = stretches.filter((stretch) => stretch.from <= from && stretch.to >= to);
    const innermost = around.sort((a, b) => b.from - a.from || a.to - b.to)[0];
    const cause = innermost?.cause ?? 'server';
    took.set(cause, (took.get(cause) ?? 0) + to - from);
  }
  return [...took]
    .map(([cause, ms]) => ({ cause, took: ms, share: journey.total ? ms / journey.total : 0 }))
    .filter(({ took }) => took > 0)
    .sort((a, b) => b.took - a.took);
}

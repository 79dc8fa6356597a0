import { same, type Values } from './values';

/** A field that both changed, in different ways. */
export interface Clash {
  name: string;
  mine: unknown;
  theirs: unknown;
}

/** What came of two people editing. */
export interface Merged {
  values: Values;
  /** Taken over from the others, because nothing was changed here. */
  taken: string[];
  clashes: Clash[];
}

/** Puts what others stored (`theirs`) under what was changed here (`mine`), both beginning at `base`. A clash keeps `mine` until somebody decides. */
export function merge(base: Values, mine: Values, theirs: Values): Merged {
  const merged: Merged = { values: {}, taken: [], clashes: [] };
  for (const name of Object.keys(mine)) {
    const touched = !same(base[name], mine[name]);
    const moved = !same(base[name], theirs[name]);
    merged.values[name] = touched ? mine[name] : theirs[name];
    if (!moved || same(mine[name], theirs[name])) continue;
    if (touched) merged.clashes.push({ name, mine: mine[name], theirs: theirs[name] });
    else merged.taken.push(name);
  }
  return merged;
}

import { ownName } from '~/api/kept';

/** One use of the console on this browser. */
export interface Use {
  query: string;
  at: string;
  /** Milliseconds; missing when it failed. */
  took?: number;
}

const usesKey = () => ownName('hearth.sql.uses');
const draftKey = () => ownName('hearth.sql.draft');
const most = 50;

/** What was run here before, the latest first. */
export function uses(): Use[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(usesKey()) ?? '[]');
    return Array.isArray(kept) ? kept.filter((use): use is Use => typeof use?.query === 'string' && typeof use?.at === 'string') : [];
  } catch {
    return [];
  }
}

/** Notes a use; the same text again takes the place of the earlier one. */
export function note(use: Use): Use[] {
  const all = [use, ...uses().filter(({ query }) => query !== use.query)].slice(0, most);
  localStorage.setItem(usesKey(), JSON.stringify(all));
  return all;
}

export const forget = () => localStorage.removeItem(usesKey());

/** The text that was being written, so that a closed tab loses nothing. */
export const draft = () => localStorage.getItem(draftKey()) ?? '';
export const keepDraft = (text: string) => localStorage.setItem(draftKey(), text);

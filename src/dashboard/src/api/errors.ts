import { said, saidOf } from '~/i18n/said';
import { ClientResponseError } from './client';

/** What went wrong, for a person, in the viewer's language as far as it has words for it. `offline`: no answer came at all. */
export interface Problem {
  message: string;
  status: number;
  offline: boolean;
  /** Messages by the name of the field; nested ones by a path with dots. */
  fields: Record<string, string>;
}

/** Turns anything that was thrown into something to show. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ClientResponseError))
    return { message: error instanceof Error ? error.message : String(error), status: 0, offline: false, fields: {} };
  const message = typeof error.response.message === 'string' && error.response.message ? error.response.message : error.message;
  return { message: said(message), status: error.status, offline: error.status === 0 && !error.isAbort, fields: fieldsOf(error.response.data) };
}

/** The messages of the contract's `data`, flattened: `{a: {b: {message}}}` becomes `{'a.b': message}`. */
export function fieldsOf(data: unknown, path = ''): Record<string, string> {
  const found: Record<string, string> = {};
  if (typeof data !== 'object' || data === null) return found;
  for (const [key, value] of Object.entries(data)) {
    const here = path ? `${path}.${key}` : key;
    if (typeof value !== 'object' || value === null) continue;
    if ('message' in value && typeof value.message === 'string') found[here] = saidOf({ ...value, message: value.message });
    else Object.assign(found, fieldsOf(value, here));
  }
  return found;
}

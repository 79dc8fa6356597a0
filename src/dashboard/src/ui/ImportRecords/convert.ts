import type { CollectionField, CollectionModel } from 'pocketbase';

/** A row of a file, by the names of its columns. */
export type Row = Record<string, unknown>;

/** Which column goes into which field; a column without an entry is left out. */
export type Mapping = Record<string, string>;

/** Why a value does not fit: a key of the words, and what it says of the value. */
export interface Misfit {
  field: string;
  why: 'number' | 'bool' | 'date' | 'json' | 'point' | 'choice' | 'email' | 'url' | 'missing';
  value: string;
}

/** Fields that a file can fill: all but those that the server sets, and files. */
export const fillable = (collection: CollectionModel): CollectionField[] =>
  collection.fields.filter(({ type, name }) => type !== 'autodate' && type !== 'file' && !(collection.type === 'auth' && name === 'tokenKey'));

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Columns and fields whose names are alike but for case, spaces and signs. */
export function guessMapping(columns: string[], collection: CollectionModel): Mapping {
  const fields = new Map(fillable(collection).map(({ name }) => [plain(name), name]));
  const mapping: Mapping = {};
  for (const column of columns) {
    const field = fields.get(plain(column));
    if (field && !Object.values(mapping).includes(field)) mapping[column] = field;
  }
  return mapping;
}

/** A row as the body of a record, and what does not fit. An empty cell empties the field, as in `hearth import`. */
export function toBody(row: Row, mapping: Mapping, collection: CollectionModel): { body: Record<string, unknown>; misfits: Misfit[] } {
  const body: Record<string, unknown> = {};
  const misfits: Misfit[] = [];
  for (const [column, name] of Object.entries(mapping)) {
    const field = collection.fields.find((one) => one.name === name);
    if (!field || !(column in row)) continue;
    const value = row[column];
    if (name === 'id' && (value === '' || value === null)) continue;
    const converted = toValue(value, field);
    if (isWrong(converted)) misfits.push({ field: name, why: converted.why, value: short(value) });
    else body[name] = converted;
    if (field.required && field.type !== 'password' && (value === '' || value === null) && !field.autogeneratePattern)
      misfits.push({ field: name, why: 'missing', value: '' });
  }
  if (collection.type === 'auth' && typeof body.password === 'string') body.passwordConfirm = body.password;
  return { body, misfits };
}

type Wrong = { misfit: true; why: Misfit['why'] };
const wrong = (why: Misfit['why']): Wrong => ({ misfit: true, why });
const isWrong = (value: unknown): value is Wrong =>
  typeof value === 'object' && value !== null && 'misfit' in value && value.misfit === true && 'why' in value;

const truths = new Map([
  ...['true', '1', 'yes', 'y', 't', 'ja', 'x'].map((one) => [one, true] as const),
  ...['false', '0', 'no', 'n', 'f', 'nein', ''].map((one) => [one, false] as const),
]);

/** A cell as a value of a field, or why it is none. */
export function toValue(value: unknown, field: CollectionField): unknown | Wrong {
  const text = typeof value === 'string' ? value.trim() : value;
  const empty = text === '' || text === null || text === undefined;
  switch (field.type) {
    case 'number':
      return empty ? 0 : Number.isFinite(Number(text)) && typeof text !== 'object' ? Number(text) : wrong('number');
    case 'bool':
      return empty ? false : (truths.get(String(text).toLowerCase()) ?? wrong('bool'));
    case 'date':
      return empty ? '' : Number.isNaN(Date.parse(String(text))) ? wrong('date') : toDate(String(text));
    case 'json':
      return typeof value === 'string' ? (empty ? null : parsed(value, () => value)) : value;
    case 'geoPoint':
      return empty ? { lon: 0, lat: 0 } : point(text);
    case 'select':
      return choices(text, empty, field);
    case 'relation':
      return (field.maxSelect ?? 0) > 1 ? listOf(text, empty) : empty ? '' : String(listOf(text, empty)[0] ?? '');
    case 'email':
      return empty ? '' : /^\S+@\S+$/.test(String(text)) ? String(text) : wrong('email');
    case 'url':
      return empty ? '' : /^[a-z][a-z0-9+.-]*:\S+$/i.test(String(text)) ? String(text) : wrong('url');
    default:
      return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** Dates with a time but without a zone are UTC, as in the API. */
function toDate(text: string): string {
  const utc = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  return new Date(utc).toISOString().replace('T', ' ');
}

function parsed<T>(text: string, otherwise: () => T): unknown | T {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise();
  }
}

function point(value: unknown): unknown {
  const one = typeof value === 'string' ? parsed(value, () => null) : value;
  if (one && typeof one === 'object' && 'lon' in one && 'lat' in one) return { lon: Number(one.lon), lat: Number(one.lat) };
  const pair = typeof value === 'string' ? /^(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)$/.exec(value) : null;
  // Two numbers are latitude and longitude, as maps write them.
  return pair ? { lat: Number(pair[1]), lon: Number(pair[2]) } : wrong('point');
}

function listOf(value: unknown, empty: boolean): string[] {
  if (empty) return [];
  if (Array.isArray(value)) return value.map(String);
  const text = String(value);
  const list = text.startsWith('[') ? parsed(text, () => null) : null;
  return Array.isArray(list)
    ? list.map(String)
    : text
        .split(/[,;|]/)
        .map((one) => one.trim())
        .filter(Boolean);
}

function choices(value: unknown, empty: boolean, field: CollectionField): unknown {
  const known: string[] = field.values ?? [];
  const several = (field.maxSelect ?? 0) > 1;
  const chosen = several ? listOf(value, empty) : empty ? [] : [String(value)];
  if (chosen.some((one) => !known.includes(one))) return wrong('choice');
  return several ? chosen : (chosen[0] ?? '');
}

const short = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 80);

/** A row of a file, by the names of its columns. */
export type Row = Record<string, unknown>;

/** What a column becomes. */
export type ColumnType = 'text' | 'number' | 'bool' | 'date' | 'email' | 'url' | 'geoPoint' | 'json';
export const columnTypes: ColumnType[] = ['text', 'number', 'bool', 'date', 'email', 'url', 'geoPoint', 'json'];

/** A column of a file and the field that it goes into. */
export interface Column {
  column: string;
  field: string;
  type: ColumnType;
  /** False leaves the column out. */
  taken: boolean;
  /** The first value that is not empty, as text. */
  example: string;
  /** The longest text that was seen. */
  longest: number;
}

const looked = 1000;

// What a number field would change (leading zeros, digits beyond 15) stays text, as in `hearth import`.
const isNumber = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text) && text.replace(/\D/g, '').length <= 15;

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  if (!/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const isPoint = (value: unknown) => {
  const point = parsed(value);
  return typeof point === 'object' && point !== null && 'lon' in point && 'lat' in point && Object.keys(point).length === 2;
};

const isObject = (value: unknown) => typeof parsed(value) === 'object' && parsed(value) !== null;

// In the order of trying: a date is also a text, a point is also JSON.
const tests: [ColumnType, (value: unknown) => boolean][] = [
  ['number', (value) => typeof value === 'number' || (typeof value === 'string' && isNumber(value.trim()))],
  ['bool', (value) => typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value))],
  [
    'date',
    (value) =>
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T'))),
  ],
  ['email', (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)],
  ['url', (value) => typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)],
  ['geoPoint', isPoint],
  ['json', isObject],
];

/** The narrowest type that holds every value that was seen; text when none was. */
export function typeOf(values: unknown[]): ColumnType {
  const seen = values.filter((value) => value !== null && value !== undefined && value !== '');
  if (seen.length === 0) return 'text';
  const fitting = tests.find(([, fits]) => seen.every(fits));
  if (fitting) return fitting[0];
  return seen.every((value) => typeof value === 'string') ? 'text' : 'json';
}

const reserved = new Set(['id', 'expand', 'collectionid', 'collectionname', 'rowid', 'oid']);
const spelled: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' };

/** A name that a field may have, from whatever stands at the head of a column: `Größe (m)` becomes `Groesse_m`. */
export function fieldName(column: string, others: Set<string>): string {
  const plain = column
    .replace(/[äöüÄÖÜß]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '');
  let wanted = plain === '' ? 'column' : /^\d/.test(plain) ? `n${plain}` : plain;
  if (reserved.has(wanted.toLowerCase())) wanted = `${wanted}_`;
  let name = wanted;
  for (let number = 2; others.has(name.toLowerCase()); number++) name = `${wanted}${number}`;
  return name;
}

/** Ids of records elsewhere that may be kept. */
const areIds = (values: unknown[]) => values.every((value) => typeof value === 'string' && /^[a-z0-9]{15}$/.test(value));

/** What the columns of a file seem to hold, from its first 1,000 rows. */
export function inferColumns(columns: string[], rows: Row[]): Column[] {
  const first = rows.slice(0, looked);
  const names = new Set<string>();
  return columns.map((column) => {
    const values = first.map((row) => row[column]);
    const texts = values.map((value) => (typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value)));
    const field = column === 'id' && areIds(values) ? 'id' : fieldName(column, names);
    names.add(field.toLowerCase());
    return {
      column,
      field,
      type: typeOf(values),
      taken: true,
      example: texts.find(Boolean) ?? '',
      longest: Math.max(0, ...texts.map(({ length }) => length)),
    };
  });
}

/** The fields of the new collection. A text field holds 5,000 characters unless told otherwise. */
export const fieldsOf = (columns: Column[]) =>
  columns
    .filter(({ taken, field }) => taken && field !== 'id')
    .map(({ field, type, longest }) => ({ name: field, type, ...(type === 'text' && longest > 2000 ? { max: 1_000_000 } : {}) }));

/** The rows under the names of the fields, without what is left out. */
export function renamed(rows: Row[], columns: Column[]): Row[] {
  const taken = columns.filter((column) => column.taken);
  return rows.map((row) => Object.fromEntries(taken.map(({ column, field }) => [field, row[column]])));
}

/** A name for the collection, from that of the file: `My Airports (2).csv` becomes `my_airports_2`. */
export const collectionName = (file: string) => fieldName(file.replace(/\.[^.]*$/, ''), new Set()).toLowerCase();

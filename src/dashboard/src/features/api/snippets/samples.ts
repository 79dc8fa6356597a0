import type { CollectionField, CollectionModel } from 'pocketbase';

/** A value as JSON can hold it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const texts: Record<string, Json> = {
  text: 'Hello',
  editor: '<p>Hello</p>',
  email: 'ann@example.org',
  url: 'https://example.org',
  date: '2026-01-31 12:00:00.000Z',
  number: 1,
  bool: true,
  json: { any: 'thing' },
  geoPoint: { lon: 13.4, lat: 52.52 },
  password: 'a long password',
};

/** A value that fits a field, or undefined for what nobody writes (or what goes as a file). */
export function sampleOf(field: CollectionField): Json | undefined {
  const several = typeof field.maxSelect === 'number' && field.maxSelect > 1;
  if (field.type === 'select') {
    const value = (Array.isArray(field.values) && typeof field.values[0] === 'string' && field.values[0]) || 'value';
    return several ? [value] : value;
  }
  if (field.type === 'relation') return several ? ['RECORD_ID'] : 'RECORD_ID';
  const sample = texts[field.type];
  const most = typeof field.max === 'number' && field.max > 0 ? field.max : undefined;
  return field.type === 'text' && typeof sample === 'string' ? sample.slice(0, most) : sample;
}

const kept = new Set(['id', 'tokenKey', 'verified', 'emailVisibility']);

/** What one sends to make a record, with the real names of the fields. Accounts need their password twice. */
export function bodyOf(collection: CollectionModel, change = false): Record<string, Json> {
  const fields = collection.fields.filter(({ name, type }) => !kept.has(name) && (type !== 'password' || !change));
  const body: Record<string, Json> = {};
  for (const field of change ? fields.filter(({ type }) => type !== 'relation') : fields) {
    const value = sampleOf(field);
    if (value !== undefined) body[field.name] = value;
    if (field.type === 'password') body.passwordConfirm = value ?? '';
    if (change && Object.keys(body).length === 2) break;
  }
  return body;
}

/** A filter and an order that fit the collection. */
export function questionOf(collection: CollectionModel): { filter: string; sort: string } {
  const field = collection.fields.find(
    ({ name, type, hidden }) => name !== 'id' && !hidden && (type === 'text' || type === 'email' || type === 'select'),
  );
  const created = collection.fields.find(({ type }) => type === 'autodate');
  return { filter: field ? `${field.name} != ""` : 'id != ""', sort: created ? `-${created.name}` : (field?.name ?? 'id') };
}

/** The first field that holds files. */
export const fileField = (collection: CollectionModel): CollectionField | undefined => collection.fields.find(({ type }) => type === 'file');

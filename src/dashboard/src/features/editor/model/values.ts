import type { CollectionField, CollectionModel, RecordModel } from 'pocketbase';

/** What stands in the form, by the name of the field. Selects, relations and files are always lists; JSON is text; an empty number is ''. */
export type Values = Record<string, unknown>;

/** A point on the globe in degrees. */
export interface Point {
  lon: number;
  lat: number;
}

/** JSON above this many characters is not put into an editor. */
export const largeJson = 300_000;

const lists = new Set(['select', 'relation', 'file']);

/** Whether a field holds more than one value. */
export const isMultiple = (field: CollectionField): boolean => Number(field.maxSelect ?? 0) > 1;

/** The fields that somebody can fill in. */
export function editableFields(collection: CollectionModel, isNew: boolean): CollectionField[] {
  return collection.fields.filter(
    ({ name, type }) => type !== 'autodate' && (name !== 'id' || isNew) && !(collection.type === 'auth' && name === 'tokenKey'),
  );
}

/** The form's values for a record, or for a new one. */
export function valuesOf(fields: CollectionField[], record: RecordModel | null): Values {
  return Object.fromEntries(fields.map((field) => [field.name, formValue(field, record?.[field.name])]));
}

function formValue(field: CollectionField, raw: unknown): unknown {
  if (lists.has(field.type)) return Array.isArray(raw) ? raw : raw ? [raw] : [];
  switch (field.type) {
    case 'number':
      return typeof raw === 'number' ? raw : '';
    case 'bool':
      return raw === true;
    case 'geoPoint':
      return raw ?? { lon: 0, lat: 0 };
    case 'json':
      return jsonText(raw);
    case 'password':
      return '';
    default:
      return typeof raw === 'string' ? raw : '';
  }
}

/** JSON for reading: indented, unless that would make something large larger. */
export function jsonText(raw: unknown): string {
  if (raw === undefined || raw === null) return '';
  const tight = JSON.stringify(raw);
  return tight.length > largeJson ? tight : JSON.stringify(raw, null, 2);
}

/** Whether two values of a form are the same. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((value, index) => value === right[index]);
  if (isPoint(left) && isPoint(right)) return left.lon === right.lon && left.lat === right.lat;
  return false;
}

const isPoint = (value: unknown): value is Point => typeof value === 'object' && value !== null && 'lon' in value && 'lat' in value;

/** The names of what differs. */
export const changedNames = (before: Values, after: Values): string[] => Object.keys(after).filter((name) => !same(before[name], after[name]));

/** The names of JSON fields whose text is no JSON. */
export function brokenJson(fields: CollectionField[], values: Values, names: string[]): string[] {
  return fields
    .filter(({ type, name }) => type === 'json' && names.includes(name))
    .filter(({ name }) => {
      try {
        const text = String(values[name]).trim();
        if (text) JSON.parse(text);
        return false;
      } catch {
        return true;
      }
    })
    .map(({ name }) => name);
}

/** A value as the API takes it; files are not part of it. */
function wire(field: CollectionField, value: unknown): unknown {
  if (lists.has(field.type)) {
    const list = (value as unknown[]).filter((one) => typeof one === 'string');
    return isMultiple(field) ? list : (list.at(-1) ?? '');
  }
  if (field.type === 'number') return value === '' ? 0 : value;
  // JSON goes as its text: the server reads it as JSON, and a text such as "1" stays a text.
  if (field.type === 'json') return String(value).trim() === '' ? null : String(value).trim();
  return value;
}

/** The body that stores `names`: JSON, or a form when there are files. Files of `later` are left out. */
export function bodyOf(fields: CollectionField[], values: Values, names: string[], later: ReadonlySet<File> = new Set()): Values | FormData {
  const plain: Values = {};
  const files: [string, File][] = [];
  for (const field of fields) {
    if (!names.includes(field.name)) continue;
    const value = values[field.name];
    if (field.type === 'file') {
      const added = (value as unknown[]).filter((one): one is File => one instanceof File && !later.has(one));
      for (const file of added) files.push([isMultiple(field) ? `${field.name}+` : field.name, file]);
      if (added.length > 0 && !isMultiple(field)) continue;
    }
    plain[field.name] = wire(field, value);
    if (field.type === 'password' && field.name === 'password') plain.passwordConfirm = value;
  }
  if (files.length === 0) return plain;
  const form = new FormData();
  form.append('@jsonPayload', JSON.stringify(plain));
  for (const [key, file] of files) form.append(key, file);
  return form;
}

import type { CollectionField, CollectionModel, RecordModel } from 'pocketbase';
import type { Change } from '~/api/bulk';
import type { Lost } from '~/api/undo';

/** How many records change: what is done to one field. */
export type EditMode = 'set' | 'clear' | 'add' | 'subtract' | 'append' | 'remove';

export interface FieldEdit {
  field: CollectionField;
  mode: EditMode;
  value: unknown;
}

/** What can be done to a field of many records at once. */
export function modesOf(field: CollectionField): EditMode[] {
  if (field.type === 'number') return ['set', 'add', 'subtract'];
  if ((field.type === 'select' || field.type === 'relation') && (field.maxSelect ?? 0) > 1) return ['set', 'append', 'remove', 'clear'];
  if (field.type === 'bool') return ['set'];
  if (field.type === 'file') return ['clear'];
  return ['set', 'clear'];
}

const emptyValues: Record<string, unknown> = { json: null, geoPoint: { lon: 0, lat: 0 }, number: 0, bool: false };

/** An empty value of a field. */
export const emptyOf = (field: CollectionField): unknown =>
  field.type in emptyValues ? emptyValues[field.type] : (field.maxSelect ?? 0) > 1 ? [] : '';

/** The body that does an edit, in the API's words (`views+`, `tags-`). */
export function bodyOf({ field, mode, value }: FieldEdit): Record<string, unknown> {
  if (mode === 'clear') return { [field.name]: emptyOf(field) };
  const sign = { set: '', add: '+', append: '+', subtract: '-', remove: '-' }[mode];
  return { [`${field.name}${sign}`]: value };
}

/** The changes that an edit makes, and those that take it back. */
export function editPlan(records: RecordModel[], edit: FieldEdit): { changes: Change[]; undo: Change[] } {
  const body = bodyOf(edit);
  return {
    changes: records.map(({ id }, at) => ({ kind: 'update', at, id, body })),
    undo: records.map((record, at) => ({
      kind: 'update',
      at,
      id: record.id,
      body: { [edit.field.name]: record[edit.field.name] ?? emptyOf(edit.field) },
    })),
  };
}

/** The changes that delete records, and those that make them anew with the same ids. Files, passwords and the server's dates do not come back. */
export function deletePlan(collection: CollectionModel, records: RecordModel[]): { changes: Change[]; undo: Change[] } {
  const kept = collection.fields.filter(({ type }) => type !== 'file' && type !== 'autodate' && type !== 'password').map(({ name }) => name);
  return {
    changes: records.map(({ id }, at) => ({ kind: 'delete', at, id, body: {} })),
    undo: records.map((record, at) => ({ kind: 'create', at, body: restored(collection, record, kept) })),
  };
}

function restored(collection: CollectionModel, record: RecordModel, kept: string[]): Record<string, unknown> {
  const body: Record<string, unknown> = Object.fromEntries(kept.flatMap((name) => (name in record ? [[name, record[name]]] : [])));
  if (collection.type === 'auth') {
    const password = `${crypto.randomUUID()}Aa1!`;
    Object.assign(body, { password, passwordConfirm: password });
  }
  return body;
}

/** What taking a deletion back cannot bring. `referring`: whether other collections point here. */
export function lostByDelete(collection: CollectionModel, referring: boolean): Lost[] {
  const has = (type: string) => collection.fields.some((field) => field.type === type);
  return [
    ...(has('file') ? (['files'] as const) : []),
    ...(has('password') ? (['passwords'] as const) : []),
    ...(has('autodate') ? (['dates'] as const) : []),
    ...(referring ? (['others'] as const) : []),
  ];
}

/** What taking an edit back cannot bring. */
export const lostByEdit = (collection: CollectionModel, { field }: FieldEdit): Lost[] => [
  ...(field.type === 'file' ? (['files'] as const) : []),
  ...(collection.fields.some(({ type, onUpdate }) => type === 'autodate' && onUpdate) ? (['dates'] as const) : []),
];

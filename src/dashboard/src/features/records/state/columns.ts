import type { CollectionField, CollectionModel } from 'pocketbase';

const widths: Record<string, number> = {
  bool: 90,
  number: 120,
  date: 190,
  autodate: 190,
  select: 160,
  file: 150,
  email: 220,
  url: 220,
  editor: 260,
  geoPoint: 190,
};

/** How wide a column is until somebody drags it, in pixels. */
export const usualWidth = (field: CollectionField): number => (field.name === 'id' ? 160 : (widths[field.type] ?? 200));

/** Fields that can be columns: all but passwords and keys that are never shown. */
export const possibleColumns = (collection: CollectionModel): CollectionField[] =>
  collection.fields.filter(({ type, name }) => type !== 'password' && !(collection.type === 'auth' && name === 'tokenKey'));

/** The columns of a collection that nobody arranged: all but hidden ones, dates of the server last, at most fourteen. */
export function usualColumns(collection: CollectionModel): string[] {
  const shown = possibleColumns(collection).filter(({ hidden }) => !hidden);
  const own = shown.filter(({ type }) => type !== 'autodate').slice(0, 12);
  return [...own, ...shown.filter(({ type }) => type === 'autodate')].map(({ name }) => name);
}

/** The fields of the named columns, in that order; names of fields that are gone are passed over. */
export function columnsOf(collection: CollectionModel, names: string[] | null): CollectionField[] {
  const byName = new Map(possibleColumns(collection).map((field) => [field.name, field]));
  const found = (names ?? []).flatMap((name) => byName.get(name) ?? []);
  return found.length > 0 ? found : usualColumns(collection).flatMap((name) => byName.get(name) ?? []);
}

const preferred = ['name', 'title', 'label', 'username', 'email', 'slug'];

/** The field that stands for a record where there is room for one only. */
export function displayField(collection: CollectionModel): string {
  const open = collection.fields.filter(({ hidden }) => !hidden);
  const chosen =
    open.find(({ presentable }) => presentable) ??
    preferred.map((name) => open.find((field) => field.name === name)).find(Boolean) ??
    open.find(({ type, primaryKey }) => type === 'text' && !primaryKey) ??
    open.find(({ type }) => type === 'email' || type === 'url' || type === 'number');
  return chosen?.name ?? 'id';
}

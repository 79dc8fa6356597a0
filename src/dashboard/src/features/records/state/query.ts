import type { CollectionField, CollectionModel } from 'pocketbase';
import { displayField } from './columns';

const searched = new Set(['text', 'editor', 'email', 'url', 'select', 'number', 'json', 'file']);

/** The filter that finds a text in any field of text; empty when there is nothing to look for. */
export function searchFilter(collection: CollectionModel, text: string): string {
  const wanted = text.trim();
  if (!wanted) return '';
  const fields = collection.fields.filter(({ type, hidden }) => searched.has(type) && !hidden);
  const quoted = JSON.stringify(wanted);
  return fields.map(({ name }) => `${name} ~ ${quoted}`).join(' || ');
}

/** Both filters together. The line break ends a comment in the first. */
export function bothFilters(filter: string, search: string): string {
  const parts = [filter.trim(), search].filter(Boolean);
  return parts.length < 2 ? (parts[0] ?? '') : parts.map((part) => `(${part}\n)`).join(' && ');
}

/** What a page of the grid asks for: only the columns shown, long texts cut, and the name of what relations point at. */
export function pick(columns: CollectionField[], collections: CollectionModel[]): { fields: string; expand: string } {
  const fields = ['id', 'collectionId', 'collectionName'];
  const expand: string[] = [];
  for (const { name, type, collectionId } of columns) {
    if (name === 'id') continue;
    fields.push(type === 'editor' ? `${name}:excerpt(200,true)` : name);
    const target = type === 'relation' && collections.find(({ id }) => id === collectionId);
    if (!target) continue;
    expand.push(name);
    fields.push(...new Set(['id', displayField(target)].map((field) => `expand.${name}.${field}`)));
  }
  return { fields: fields.join(','), expand: expand.join(',') };
}

/** A filter that matches the records with these ids, in pieces that the server takes (at most 3,500 bytes and 200 comparisons). */
export function idFilters(ids: string[]): { ids: string[]; filter: string }[] {
  const pieces: { ids: string[]; filter: string }[] = [];
  let piece: string[] = [];
  let length = 0;
  for (const id of ids) {
    const part = `id=${JSON.stringify(id)}`;
    if (piece.length === 100 || length + part.length > 3000) {
      pieces.push({ ids: piece, filter: piece.map((one) => `id=${JSON.stringify(one)}`).join('||') });
      piece = [];
      length = 0;
    }
    piece.push(id);
    length += part.length + 2;
  }
  if (piece.length > 0) pieces.push({ ids: piece, filter: piece.map((one) => `id=${JSON.stringify(one)}`).join('||') });
  return pieces;
}

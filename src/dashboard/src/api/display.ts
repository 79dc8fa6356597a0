import type { CollectionField, CollectionModel, RecordModel } from 'pocketbase';

const readable = new Set(['text', 'email', 'url', 'number', 'date', 'autodate', 'select', 'bool']);
const telling = ['name', 'title', 'label', 'subject', 'email', 'username', 'slug'];

/** The fields that stand for a record where there is only room for a line: those marked as presentable, else one that tells the most. */
export function displayFields(collection: CollectionModel): CollectionField[] {
  const marked = collection.fields.filter(({ presentable, type }) => presentable && readable.has(type));
  if (marked.length > 0) return marked;
  for (const name of telling) {
    const field = collection.fields.find((one) => one.name === name && readable.has(one.type));
    if (field) return [field];
  }
  const first = collection.fields.find(({ type, name, hidden }) => type === 'text' && name !== 'id' && !hidden);
  return first ? [first] : [];
}

/** A record in a line of text; its id when nothing else tells what it is. */
export function displayText(record: RecordModel, collection: CollectionModel | undefined): string {
  const parts = (collection ? displayFields(collection) : []).map(({ name }) => record[name]).filter((value) => value !== '' && value != null);
  return parts.length > 0 ? parts.map((value) => (Array.isArray(value) ? value.join(', ') : String(value))).join(' · ') : record.id;
}

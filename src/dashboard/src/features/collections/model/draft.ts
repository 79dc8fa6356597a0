import type { CollectionModel } from 'pocketbase';
import type { AuthOptions } from './authOptions';
import { readIndex } from './indexes';

/** The kinds of collections. */
export const collectionTypes = ['base', 'auth', 'view'] as const;
export type CollectionType = (typeof collectionTypes)[number];

/** The kinds of fields, those that are used most first. */
export const fieldTypes = [
  'text',
  'number',
  'bool',
  'date',
  'select',
  'relation',
  'file',
  'editor',
  'email',
  'url',
  'json',
  'geoPoint',
  'autodate',
  'password',
] as const;

/** A field while it is edited. Options that only some types have are read by name. */
export interface FieldDraft {
  /** Tells fields apart while they have no id; never sent. */
  key: string;
  id: string;
  name: string;
  type: string;
  system: boolean;
  hidden: boolean;
  presentable: boolean;
  required: boolean;
  help: string;
  [option: string]: unknown;
}

/** The rules that every collection has. */
export const ruleKeys = ['listRule', 'viewRule', 'createRule', 'updateRule', 'deleteRule'] as const;
export type RuleKey = (typeof ruleKeys)[number];

/** A collection while it is edited. */
export interface Draft extends Partial<AuthOptions>, Record<RuleKey, string | null> {
  id: string;
  name: string;
  type: CollectionType;
  system: boolean;
  fields: FieldDraft[];
  indexes: string[];
  viewQuery?: string;
}

let made = 0;

/** A key for a field that has no id yet. */
export const newKey = () => `new-${++made}`;

/** A collection as it comes from the server, to be edited. */
export function draftOf(collection: CollectionModel | Record<string, unknown>): Draft {
  const { created: _, updated: __, ...copy } = structuredClone(collection) as unknown as Draft & { created?: string; updated?: string };
  return { ...copy, fields: copy.fields.map((field) => ({ ...field, key: field.id || newKey() })) };
}

/** What is sent to the server. The fields of a view follow from its query. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const { fields, ...rest } = draft;
  const body: Record<string, unknown> = { ...rest, fields: fields.map(({ key: _, ...field }) => field) };
  if (!draft.id) delete body.id;
  if (draft.type === 'view') for (const key of ['fields', 'indexes']) delete body[key];
  return body;
}

/** The same collection under another name: new ids, no records. */
export function copyOf(collection: CollectionModel, name: string): Draft {
  const draft = draftOf(collection);
  const indexes = draft.indexes.map((index) =>
    index.replace(/(INDEX\s+(?:IF NOT EXISTS\s+)?)[`"[]?(\w+)[`"\]]?/i, (_, start: string, own: string) => `${start}\`${own}_${name}\``),
  );
  return {
    ...draft,
    id: '',
    name,
    system: false,
    // What the server adds by itself for accounts carries the id of the collection.
    indexes: indexes
      .filter((index) => !/idx_(tokenKey|email)_/.test(index))
      .map((index) => index.replace(/\bON\s+[`"[]?\w+[`"\]]?/i, `ON \`${name}\``)),
    fields: draft.fields.map((field) => ({ ...field, id: field.system ? field.id : '', key: newKey() })),
  };
}

/** A new field of a type, with a name that is free. */
export function newField(type: string, fields: FieldDraft[]): FieldDraft {
  const taken = new Set(fields.map(({ name }) => name.toLowerCase()));
  const wished =
    type === 'autodate' ? (taken.has('created') ? 'updated' : 'created') : type === 'geoPoint' ? 'place' : type === 'bool' ? 'flag' : type;
  let name = wished;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${wished}${i}`;
  return {
    key: newKey(),
    id: '',
    name,
    type,
    system: false,
    hidden: type === 'password',
    presentable: false,
    required: false,
    help: '',
    ...(type === 'autodate' ? { onCreate: true, onUpdate: name !== 'created' } : {}),
    ...(type === 'select' ? { values: [], maxSelect: 1 } : {}),
    ...(type === 'relation' ? { collectionId: '', maxSelect: 1, minSelect: 0, cascadeDelete: false } : {}),
    ...(type === 'file' ? { maxSelect: 1, maxSize: 0, mimeTypes: [], thumbs: [], protected: false } : {}),
  };
}

/** The draft without a field, and without the indexes over it. */
export function withoutField(draft: Draft, key: string): Draft {
  const gone = draft.fields.find((field) => field.key === key)?.name;
  const uses = (index: string) => readIndex(index)?.columns.some(({ name }) => name === gone) ?? false;
  return { ...draft, fields: draft.fields.filter((field) => field.key !== key), indexes: draft.indexes.filter((index) => !uses(index)) };
}

/** The draft with one field changed. A new name goes along into the indexes. */
export function withField(draft: Draft, key: string, change: Partial<FieldDraft>): Draft {
  const before = draft.fields.find((field) => field.key === key);
  const fields = draft.fields.map((field) => (field.key === key ? ({ ...field, ...change } as FieldDraft) : field));
  if (!before?.name || !change.name || change.name === before.name) return { ...draft, fields };
  const quoted = new RegExp(`([\`"\\[])${before.name}([\`"\\]])`, 'g');
  return { ...draft, fields, indexes: draft.indexes.map((index) => index.replace(quoted, `$1${change.name}$2`)) };
}

import type { CollectionModel } from 'pocketbase';

/** A field as far as rules and filters care. */
export interface RuleField {
  name: string;
  type: string;
  /** The options of a select field. */
  values?: string[];
  /** The id of the collection that a relation refers to. */
  collectionId?: string;
  /** It holds a list. */
  multiple?: boolean;
}

/** What names mean in a rule or filter. */
export interface RuleScope {
  /** The fields that plain names stand for. */
  fields: RuleField[];
  /** The collection of these fields; absent for other lists, such as the request log. */
  collection?: CollectionModel;
  /** All collections, for relations and `@collection`. */
  collections: CollectionModel[];
  /** `@request` and `@collection` may be used. */
  request: boolean;
}

/** The fields of a collection. */
export function fieldsOf(collection: CollectionModel | undefined): RuleField[] {
  return (collection?.fields ?? []).map(({ name, type, values, collectionId, maxSelect }) => ({
    name,
    type,
    values,
    collectionId,
    multiple: typeof maxSelect === 'number' && maxSelect > 1,
  }));
}

/** The scope of the rules and filters of a collection. */
export const scopeOf = (collection: CollectionModel, collections: CollectionModel[]): RuleScope => ({
  fields: fieldsOf(collection),
  collection,
  collections,
  request: true,
});

/** One thing that may come next in a path. */
export interface PathStep {
  name: string;
  type: string;
  /** More follows after a dot, such as for a relation. */
  leads: boolean;
  field?: RuleField;
}

const facts: PathStep[] = [
  { name: 'auth', type: 'account', leads: true },
  { name: 'body', type: 'body', leads: true },
  { name: 'query', type: 'query', leads: true },
  { name: 'headers', type: 'headers', leads: true },
  { name: 'method', type: 'text', leads: false },
  { name: 'context', type: 'text', leads: false },
];

const stepOf = (field: RuleField): PathStep => ({
  name: field.name,
  type: field.type,
  leads: ['relation', 'json', 'geoPoint'].includes(field.type),
  field,
});

const collectionBy = (scope: RuleScope, id: string | undefined) => scope.collections.find((one) => one.id === id || one.name === id);

/** What may follow a path of names; the first call is with an empty path. */
export function stepsAfter(path: string[], scope: RuleScope): PathStep[] {
  const [first, second] = path;
  if (first === '@request' && scope.request) {
    if (path.length === 1) return facts;
    if (second === 'auth') return follow(path.slice(2), accountSteps(scope), scope);
    if (second === 'body') return follow(path.slice(2), scope.fields.map(stepOf), scope);
    return [];
  }
  if (first === '@collection' && scope.request) {
    if (path.length === 1) return scope.collections.map(({ name }) => ({ name, type: 'collection', leads: true }));
    const collection = collectionBy(scope, second?.split(':')[0]);
    return follow(path.slice(2), ownSteps(collection, scope), scope);
  }
  return follow(path, scope.collection ? ownSteps(scope.collection, scope) : scope.fields.map(stepOf), scope);
}

/** Fields that any account may have: those of all collections with sign-in, each once. */
function accountSteps(scope: RuleScope): PathStep[] {
  const found = new Map<string, PathStep>();
  for (const name of ['id', 'collectionId', 'collectionName']) found.set(name, { name, type: 'text', leads: false });
  for (const collection of scope.collections.filter(({ type, system }) => type === 'auth' && !system)) {
    for (const field of fieldsOf(collection)) if (!['password', 'tokenKey'].includes(field.name)) found.set(field.name, stepOf(field));
  }
  return [...found.values()];
}

/** The fields of a collection, and the collections that refer to it. */
function ownSteps(collection: CollectionModel | undefined, scope: RuleScope): PathStep[] {
  if (!collection) return [];
  const back = scope.collections.flatMap((from) =>
    fieldsOf(from)
      .filter(({ type, collectionId }) => type === 'relation' && collectionId === collection.id)
      .map((field) => ({ name: `${from.name}_via_${field.name}`, type: 'relation', leads: true, field: { ...field, collectionId: from.id } })),
  );
  return [...fieldsOf(collection).map(stepOf), ...back];
}

function follow(path: string[], steps: PathStep[], scope: RuleScope): PathStep[] {
  const [name, ...rest] = path;
  if (name === undefined) return steps;
  const step = steps.find((one) => one.name === name);
  if (step?.type === 'geoPoint') return ['lon', 'lat'].map((part) => ({ name: part, type: 'number', leads: false }));
  if (step?.type !== 'relation') return [];
  return follow(rest, ownSteps(collectionBy(scope, step.field?.collectionId), scope), scope);
}

/** The field at the end of a whole name such as `author.role`, without its modifier. */
export function fieldAt(name: string, scope: RuleScope): RuleField | undefined {
  const path = name.split('.');
  const last = path.pop()?.split(':')[0];
  return stepsAfter(path, scope).find((step) => step.name === last)?.field;
}

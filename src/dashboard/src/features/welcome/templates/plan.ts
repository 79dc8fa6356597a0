import type { CollectionModel } from 'pocketbase';
import type { Template, TemplateCollection } from './template';

/** Why a template cannot be used here: names that are taken, or the missing collection of accounts. */
export interface Hindrance {
  taken: string[];
  withoutUsers: boolean;
}

/** What stands in the way; null when nothing does. */
export function hindranceOf(template: Template, existing: CollectionModel[]): Hindrance | null {
  const names = new Set(existing.map(({ name }) => name.toLowerCase()));
  const taken = template.collections.map(({ name }) => name).filter((name) => names.has(name.toLowerCase()));
  const needsUsers = template.collections.some(({ fields }) => fields.some(({ to }) => to === 'users'));
  const withoutUsers = needsUsers && !existing.some(({ name, type }) => name === 'users' && type === 'auth');
  return taken.length > 0 || withoutUsers ? { taken, withoutUsers } : null;
}

/** The collections as the API takes them. `idOf` gives the id of a collection by its name. */
export function collectionsOf(template: Template, idOf: (name: string) => string): Record<string, unknown>[] {
  const fieldOf = ({ to, ...field }: TemplateCollection['fields'][number]) => (to ? { ...field, collectionId: idOf(to) } : field);
  return template.collections.map(({ unique = [], fields, ...collection }) => ({
    ...collection,
    id: idOf(collection.name),
    type: 'base',
    fields: fields.map(fieldOf),
    indexes: unique.map((field) => `CREATE UNIQUE INDEX \`idx_${collection.name}_${field}\` ON \`${collection.name}\` (\`${field}\`)`),
  }));
}

/** A field as the API takes it; a relation names its collection, whose id is known only when the template is used. */
export interface TemplateField {
  name: string;
  type: string;
  /** Name of the collection of a relation: one of the template, or `users`. */
  to?: string;
  [option: string]: unknown;
}

export interface TemplateCollection {
  name: string;
  listRule: string | null;
  viewRule: string | null;
  createRule: string | null;
  updateRule: string | null;
  deleteRule: string | null;
  fields: TemplateField[];
  /** Fields that tell records apart. */
  unique?: string[];
}

/** An app to begin with: collections with rules, and records to look at. */
export interface Template {
  collections: TemplateCollection[];
  /** By the name of their collection, in an order in which every relation finds its record. Relations name ids of this template. */
  records: { collection: string; items: Record<string, unknown>[] }[];
}

/** An id that stays the same each time, so that records can name each other: `sampleId('post', 3)` is `post00000000003`. */
export const sampleId = (kind: string, number: number) => kind + String(number).padStart(15 - kind.length, '0');

/** When a record was made and changed last. */
export const times: TemplateField[] = [
  { name: 'created', type: 'autodate', onCreate: true },
  { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
];

/** Signed in, and the account that a field names. */
export const own = (field: string) => `@request.auth.id != "" && ${field} = @request.auth.id`;

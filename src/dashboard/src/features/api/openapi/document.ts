import { queryOptions } from '@tanstack/react-query';
import { pb } from '~/api/client';

/** The part of an OpenAPI schema that is shown. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
  description?: string;
}

/** One operation as the document has it. */
export interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; description?: string; required?: boolean; schema?: Schema }[];
  requestBody?: Content;
  responses?: Record<string, Content>;
  'x-access'?: string;
}

/** The document that `/api/openapi.json` answers. */
export interface ApiDocument {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** An operation with where it is found. */
export interface Found extends Operation {
  method: string;
  path: string;
}

/** The description of the API that the server makes from its schema. */
export const apiDocument = queryOptions({
  queryKey: ['openapi'],
  queryFn: () => pb.send<ApiDocument>('/api/openapi.json', { method: 'GET' }),
  staleTime: 30_000,
});

/** All operations, by their first tag, in the order of the document. */
export function groupsOf(document: ApiDocument): Map<string, Found[]> {
  const groups = new Map<string, Found[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? '';
      const group = groups.get(tag) ?? [];
      group.push({ ...operation, method: method.toUpperCase(), path });
      groups.set(tag, group);
    }
  }
  return groups;
}

/** The operations that have every word somewhere in their method, path, summary or group. */
export function searched(groups: Map<string, Found[]>, text: string): [string, Found[]][] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return [...groups]
    .map(([tag, group]): [string, Found[]] => [
      tag,
      group.filter(({ method, path, summary }) => {
        const all = `${method} ${path} ${summary ?? ''} ${tag}`.toLocaleLowerCase();
        return words.every((word) => all.includes(word));
      }),
    ])
    .filter(([, group]) => group.length > 0);
}

/** The schema that a reference names. */
export function resolved(schema: Schema | undefined, document: ApiDocument): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name ? document.components?.schemas?.[name] : schema;
}

/** A type in a word or two, such as `string`, `list of posts`, `number or null`. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? '';
  if (schema.enum) return schema.enum.map(String).join(' | ');
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return parts.map(typeOf).join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  return [schema.type ?? ''].flat().join(' | ');
}

/** The schema of a body, JSON first. */
export const bodyOf = (content: Content | undefined): Schema | undefined =>
  content?.content?.['application/json']?.schema ?? Object.values(content?.content ?? {})[0]?.schema;

/** One thing that an entry tells: a change from one value to another, or just a value. */
export interface Detail {
  path: string;
  from?: string;
  to: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isChange = (value: Record<string, unknown>) => 'to' in value && 'from' in value && Object.keys(value).length === 2;

/** The details of an entry as lines: `{from, to}` becomes a change, other objects are walked through. */
export function detailsOf(data: unknown, path = ''): Detail[] {
  if (!isObject(data)) return [{ path, to: textOf(data) }];
  if (isChange(data)) return [{ path, from: textOf(data.from), to: textOf(data.to) }];
  return Object.entries(data).flatMap(([key, value]) => detailsOf(value, path ? `${path}.${key}` : key));
}

/** A value for a person: texts as they are, lists of texts with commas, anything else as JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value) ?? '';
}

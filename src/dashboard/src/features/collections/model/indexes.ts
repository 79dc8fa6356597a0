/** An index as the form shows it; `undefined` from `readIndex` means that only its text can be edited. */
export interface IndexParts {
  name: string;
  unique: boolean;
  columns: { name: string; descending: boolean; noCase: boolean }[];
  where: string;
}

const statement =
  /^\s*CREATE\s+(UNIQUE\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?[`"[]?([\w]+)[`"\]]?\s+ON\s+[`"[]?([\w]+)[`"\]]?\s*\((.*?)\)\s*(?:WHERE\s+([\s\S]+?))?\s*;?\s*$/i;
const column = /^[`"[]?(\w+)[`"\]]?(\s+COLLATE\s+NOCASE)?(?:\s+(ASC|DESC))?$/i;

/** Reads the statement of an index over plain columns. */
export function readIndex(text: string): IndexParts | undefined {
  const match = statement.exec(text);
  if (!match) return undefined;
  const columns = (match[4] ?? '').split(',').map((part) => column.exec(part.trim()));
  if (columns.some((part) => !part)) return undefined;
  return {
    name: match[2] ?? '',
    unique: Boolean(match[1]),
    columns: columns.map((part) => ({ name: part?.[1] ?? '', noCase: Boolean(part?.[2]), descending: part?.[3]?.toUpperCase() === 'DESC' })),
    where: match[5]?.trim() ?? '',
  };
}

/** Writes the statement of an index. */
export function writeIndex({ name, unique, columns, where }: IndexParts, table: string): string {
  const list = columns.map((one) => `\`${one.name}\`${one.noCase ? ' COLLATE NOCASE' : ''}${one.descending ? ' DESC' : ''}`).join(', ');
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX \`${name}\` ON \`${table}\` (${list})${where ? ` WHERE ${where}` : ''}`;
}

/** A name for an index that nobody has yet. */
export function indexName(table: string, columns: string[], taken: string[]): string {
  const wished = `idx_${table}_${columns.join('_')}`.slice(0, 60);
  const names = new Set(taken.map((text) => readIndex(text)?.name.toLowerCase()));
  let name = wished;
  for (let i = 2; names.has(name.toLowerCase()); i++) name = `${wished}_${i}`;
  return name;
}

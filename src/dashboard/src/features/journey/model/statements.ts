/** What a statement is about, as far as its text tells. */
export interface Statement {
  verb: 'count' | 'select' | 'insert' | 'update' | 'delete' | 'other';
  table: string;
}

const identifier = '"?([\\w$]+)"?';
const tables = new RegExp(`\\b(?:from|into|update)\\s+(?:only\\s+)?(?:"?\\w+"?\\.)?${identifier}`, 'i');

/** Reads verb and first table out of SQL. Good enough for words; nothing is decided by it. */
export function statementOf(sql: string): Statement {
  const first = /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? '';
  const table = tables.exec(sql)?.[1] ?? '';
  if (/^\s*select\s+count\s*\(/i.test(sql)) return { verb: 'count', table };
  const verb = (['select', 'insert', 'update', 'delete'] as const).find((one) => one === first);
  return { verb: verb ?? (first === 'with' ? 'select' : 'other'), table };
}

const breaks = /\s+(?=(?:from|where|order by|group by|having|limit|left join|inner join|join|union|values|set|returning|on conflict)\b)/gi;

/** The statement with its clauses on lines of their own. Texts within quotes stay as they are. */
export function layOut(sql: string): string {
  return sql
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
    .map((part, index) => (index % 2 ? part : part.replace(breaks, '\n')))
    .join('');
}

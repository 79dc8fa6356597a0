/** What the server runs as a change, in one transaction (docs/guide/sql-console.md). */
const changing = new Set(['INSERT', 'CREATE', 'UPDATE', 'DELETE', 'DROP', 'DETACH', 'ALTER', 'REPLACE']);

/** Takes comments and the contents of quotes out, so that what is left can be looked at by its words. */
function bare(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (part) =>
    part.startsWith('--') || part.startsWith('/*') ? ' ' : "''",
  );
}

/** Whether a text has a statement that changes something. */
export const isChange = (sql: string): boolean => wordsOf(sql).some((word) => changing.has(word));

/** Whether there is anything to run. */
export const isEmpty = (sql: string): boolean => bare(sql).replaceAll(';', '').trim() === '';

/** The first word of each statement, in capitals. */
function wordsOf(sql: string): string[] {
  return bare(sql)
    .split(';')
    .map((statement) => /[a-z]+/i.exec(statement)?.[0].toUpperCase() ?? '');
}

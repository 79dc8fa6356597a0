import Papa from 'papaparse';

/** What the console answers (contract 10.9): every cell is a text or null. */
export interface Result {
  execTime: number;
  affectedRows: number;
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
}

/** The server gives at most as many rows. */
export const mostRows = 1000;

export const asCsv = ({ columns, rows }: Result) => Papa.unparse({ fields: columns.map(({ name }) => name), data: rows }, { escapeFormulae: true });

export const asJson = ({ columns, rows }: Result) =>
  JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]))),
    null,
    2,
  );

/** Lets the browser keep a text as a file. */
export function saveText(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

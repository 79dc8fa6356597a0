import { describe, expect, it } from 'vitest';
import { jsonExcerpt, plainText, textExcerpt } from './excerpt';

describe('what a cell shows of a long value', () => {
  it.each([
    [{ a: [1, 'x', null], b: true }, '{"a":[1,"x",null],"b":true}'],
    [[], '[]'],
    ['text', '"text"'],
    [null, 'null'],
  ])('%j whole', (value, text) => expect(jsonExcerpt(value, 100)).toBe(text));

  it('stops early in ten megabytes of JSON', () => {
    const large = Array.from({ length: 200_000 }, (_, at) => ({ at, text: 'x'.repeat(40) }));
    Object.defineProperty(large, 50, {
      get: () => {
        throw new Error('read too far');
      },
    });
    expect(jsonExcerpt(large, 200)).toHaveLength(201);
  });

  it('cuts a text and joins its lines', () => expect(textExcerpt('a\n b'.padEnd(5000, 'c'), 8)).toBe('a bcccc…'));

  it('shows HTML as words', () => expect(plainText('<p>Hello <b>you</b></p><script>alert(1)</script><img onerror="x">')).toBe('Hello you'));
});

import { describe, expect, it } from 'vitest';
import { boxes, dotsOf, sidesOf, ways } from './plan';

describe('the plan of the map', () => {
  it.each(['wide', 'narrow'] as const)('gives each box a place of its own in the %s picture', (kind) => {
    const places = boxes.map((box) => box[kind].join());
    expect(new Set(places).size).toBe(boxes.length);
  });

  it('joins boxes that are there, and leaves none alone', () => {
    const names = boxes.map(({ name }) => name);
    for (const { from, to } of ways) expect(names).toEqual(expect.arrayContaining([from, to]));
    for (const name of names) expect(ways.some(({ from, to }) => from === name || to === name)).toBe(true);
  });

  it.each([
    [
      [0, 0],
      [1, 0.5],
      ['right', 'left'],
    ],
    [
      [2, 0],
      [0, 1],
      ['left', 'top'],
    ],
    [
      [1, 1],
      [1, 2],
      ['bottom', 'top'],
    ],
    [
      [1, 2],
      [1, 1],
      ['top', 'bottom'],
    ],
  ] as const)('from %j to %j by %j', (from, to, sides) => expect(sidesOf([...from], [...to])).toEqual(sides));

  it.each([
    [0, 200, 0],
    [1, 200, 1],
    [60, 200, 3],
    [1_000_000, 200, 5],
    [1_000_000, 50, 2],
    [1, 10, 1],
  ])('%d calls on a way of %d are %d dots', (calls, length, dots) => expect(dotsOf(calls, length)).toBe(dots));
});

import { describe, expect, it } from 'vitest';
import { flat } from './worldShapes';

describe('countries on a flat map', () => {
  it('draws what crosses the date line on both sides', () => {
    const ring = [
      [170, 60],
      [-170, 60],
      [-170, 70],
      [170, 60],
    ];
    expect(flat({ type: 'Polygon', coordinates: [ring] })).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [170, 60],
            [190, 60],
            [190, 70],
            [170, 60],
          ],
        ],
        [
          [
            [-190, 60],
            [-170, 60],
            [-170, 70],
            [-190, 60],
          ],
        ],
      ],
    });
  });

  it('closes what goes around the south pole along the edge of the map', () => {
    const ring = [
      [-180, -80],
      [-60, -75],
      [60, -75],
      [179, -80],
      [-180, -80],
    ];
    const { coordinates } = flat({ type: 'Polygon', coordinates: [ring] }) as { coordinates: number[][][][] };
    expect(coordinates[0]?.[0]?.slice(-3)).toEqual([
      [180, -90],
      [-180, -90],
      [-180, -80],
    ]);
  });

  it('leaves the rest as it is', () => {
    const point = { type: 'Point' as const, coordinates: [1, 2] };
    expect(flat(point)).toBe(point);
  });
});

import type { FeatureCollection, Geometry, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

let shapes: Promise<FeatureCollection> | undefined;

/** The countries of the world (Natural Earth, 1:50 million), loaded once. */
export function worldShapes(): Promise<FeatureCollection> {
  shapes ??= import('world-atlas/countries-50m.json').then(({ default: atlas }) => {
    const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
    const { features } = feature(topology, topology.objects.countries);
    return { type: 'FeatureCollection', features: features.map((one) => ({ ...one, geometry: flat(one.geometry) })) };
  });
  return shapes;
}

/** Shapes that are made for a globe, for a flat map: what crosses the date line is drawn on both sides of it. */
export function flat(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { type: 'MultiPolygon', coordinates: bothSides(geometry.coordinates) };
  if (geometry.type === 'MultiPolygon') return { type: 'MultiPolygon', coordinates: geometry.coordinates.flatMap(bothSides) };
  return geometry;
}

function bothSides(polygon: Position[][]): Position[][][] {
  const rings = polygon.map(unrolled);
  const east = Math.max(...(rings[0] ?? []).map(([lon = 0]) => lon));
  const west = Math.min(...(rings[0] ?? []).map(([lon = 0]) => lon));
  const moved = (by: number) => rings.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon + by, lat]));
  if (east > 180) return [rings, moved(-360)];
  if (west < -180) return [rings, moved(360)];
  return [rings];
}

// From one point to the next is never more than half of the globe; a ring that does not come back goes around the south pole.
function unrolled(ring: Position[]): Position[] {
  let turn = 0;
  let before: number | undefined;
  const line = ring.map(([lon = 0, lat = 0]) => {
    if (before !== undefined && lon + turn - before > 180) turn -= 360;
    else if (before !== undefined && lon + turn - before < -180) turn += 360;
    before = lon + turn;
    return [before, lat];
  });
  const [first, last] = [line[0]?.[0] ?? 0, line.at(-1)?.[0] ?? 0];
  return Math.abs(last - first) > 180 ? [...line, [last, -90], [first, -90], line[0] ?? []] : line;
}

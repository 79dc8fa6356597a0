import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

let shapes: Promise<FeatureCollection> | undefined;

/** The countries of the world (Natural Earth, 1:50 million), loaded once. */
export function worldShapes(): Promise<FeatureCollection> {
  shapes ??= import('world-atlas/countries-50m.json').then(({ default: atlas }) => {
    const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
    return feature(topology, topology.objects.countries);
  });
  return shapes;
}

import type { CollectionModel } from 'pocketbase';

/** A relation between two collections, by their ids. */
export interface Link {
  from: string;
  to: string;
  field: string;
  many: boolean;
}

/** Most fields that a box of the picture shows. */
export const mostFields = 9;

/** The relations between the shown collections. */
export function linksOf(collections: CollectionModel[]): Link[] {
  const ids = new Set(collections.map(({ id }) => id));
  return collections.flatMap(({ id, fields }) =>
    fields
      .filter(({ type, collectionId }) => type === 'relation' && ids.has(collectionId))
      .map(({ name, collectionId, maxSelect }) => ({ from: id, to: collectionId, field: name, many: Number(maxSelect) > 1 })),
  );
}

/** Places for the boxes: what is referred to stands left of what refers to it; what has no relations comes below. */
export function placesOf(collections: CollectionModel[], links: Link[]): Map<string, { x: number; y: number }> {
  const depths = new Map<string, number>();
  const depth = (id: string, above: string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const targets = links.filter(({ from, to }) => from === id && to !== id && !above.includes(to)).map(({ to }) => depth(to, [...above, id]) + 1);
    const found = Math.max(0, ...targets);
    depths.set(id, found);
    return found;
  };
  const linked = new Set(links.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const bottoms: number[] = [];
  const places = new Map<string, { x: number; y: number }>();
  const put = (collection: CollectionModel, column: number, floor = 0) => {
    const y = Math.max(bottoms[column] ?? 0, floor);
    places.set(collection.id, { x: column * 330, y });
    bottoms[column] = y + 90 + Math.min(collection.fields.length, mostFields + 1) * 24;
  };
  for (const collection of collections.filter(({ id }) => linked.has(id))) put(collection, depth(collection.id, []));
  // Columns between may be empty, so that the list has holes.
  const floor = Object.values(bottoms).reduce((most, bottom) => Math.max(most, bottom + 20), 0);
  for (const [i, collection] of collections.filter(({ id }) => !linked.has(id)).entries()) put(collection, i % 4, floor);
  return places;
}

import type { CollectionModel } from 'pocketbase';
import { runBulk } from '~/api/bulk';
import { pb } from '~/api/client';
import { collectionsOf } from './plan';
import type { Template } from './template';

/** Makes all collections of a template at once (all of them or none), then its records. */
export async function install(template: Template, existing: CollectionModel[]): Promise<void> {
  const ids = new Map(existing.map(({ name, id }) => [name, id]));
  const idOf = (name: string) => {
    const id = ids.get(name) ?? `pbc_${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    ids.set(name, id);
    return id;
  };
  await pb.send('/api/collections/import', { method: 'PUT', body: { collections: collectionsOf(template, idOf), deleteMissing: false } });
  for (const { collection, items } of template.records) {
    const made = await pb.collections.getOne(collection);
    const { faults } = await runBulk(
      made,
      items.map((body, at) => ({ kind: 'create', at, body })),
    );
    if (faults[0]) throw new Error(`${collection}: ${faults[0].problem.message}`);
  }
}

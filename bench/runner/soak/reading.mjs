// Reading whole collections over HTTP, a page after the other by id, so that a page costs the same wherever it is.
import { sendJson } from '../http.mjs';

export const records = collection => `/api/collections/${collection}/records`;

/** All records of a collection by id. */
export async function readAll(url, collection) {
  const rows = new Map();
  for (let last = ''; ;) {
    const path = `${records(collection)}?perPage=1000&skipTotal=1&sort=id&filter=${encodeURIComponent(`id > "${last}"`)}`;
    const { items } = await sendJson(url, { path });
    for (const item of items) rows.set(item.id, item);
    if (items.length < 1000) return rows;
    last = items.at(-1).id;
  }
}

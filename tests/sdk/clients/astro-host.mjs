// What astro-loader-pocketbase imports from Astro: three kinds of errors, and zod. Astro itself would bring some hundred packages that it does not touch.
import { register } from 'node:module';

const errors = `
class LiveCollectionError extends Error { constructor(collection, message, cause) { super(message); this.collection = collection; this.cause = cause; } }
export { LiveCollectionError };
export class LiveEntryNotFoundError extends LiveCollectionError {}
export class LiveCollectionValidationError extends LiveCollectionError {}
`;
const resolver = `
const known = { 'astro/zod': ${JSON.stringify(import.meta.resolve('zod'))}, 'astro/content/runtime': ${JSON.stringify(`data:text/javascript,${encodeURIComponent(errors)}`)} };
export const resolve = (name, context, next) => known[name] ? { url: known[name], shortCircuit: true } : next(name, context);
`;
register(`data:text/javascript,${encodeURIComponent(resolver)}`);

/** What Astro hands to a loader when it builds a site. */
export function loaderContext() {
  const [entries, meta] = [new Map(), new Map()];
  const silent = { info() {}, warn() {}, error: message => { throw new Error(message); }, label: '' };
  return {
    store: {
      get: key => entries.get(key), set: entry => entries.set(entry.id, entry), delete: key => entries.delete(key), clear: () => entries.clear(),
      keys: () => [...entries.keys()], values: () => [...entries.values()], has: key => entries.has(key),
    },
    meta: { get: key => meta.get(key), set: (key, value) => meta.set(key, value) },
    logger: silent,
    parseData: async ({ data }) => data,
    generateDigest: data => JSON.stringify(data),
  };
}

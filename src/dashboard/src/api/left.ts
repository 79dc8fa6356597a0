import type { RecordModel } from 'pocketbase';

/**
 * What a record is like, in few letters: two that differ in any value have different texts. By it an action that is taken back knows what was changed since.
 */
export function leftAs(record: RecordModel): string {
  const { expand: _, collectionName: __, ...values } = record;
  const names = Object.keys(values).sort();
  return hash(JSON.stringify(names.map((name) => [name, values[name]])));
}

/** 53 bits of a text (cyrb53, in the public domain): it tells texts apart, and keeps nothing secret. */
function hash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

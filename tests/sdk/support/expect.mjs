// What the tests ask of answers: exact codes and shapes, said once.
import assert from 'node:assert/strict';

/** The codes of an error body's `data`, in its own nesting: `{title: 'validation_required'}`. */
export function codesOf(data) {
  if (data === null || typeof data !== 'object') return data;
  if (typeof data.code === 'string' && typeof data.message === 'string') return data.code;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, codesOf(value)]));
}

/**
 * Checks that an SDK call (a promise, or a function that starts it) fails with this status and, where given, message and codes; gives the error body.
 * Every error body must have the contract's shape: status, message, data and nothing else.
 */
export async function fails(call, status, message, codes) {
  let result;
  try {
    result = await (typeof call === 'function' ? call() : call);
  } catch (error) {
    const body = error.response;
    assert.equal(error.status, status, `status ${error.status}, body ${JSON.stringify(body)} ${error.originalError ?? ''}`);
    isErrorBody(body, status);
    if (message !== undefined) matches(body.message, message);
    if (codes !== undefined) assert.deepEqual(codesOf(body.data), codes);
    return body;
  }
  assert.fail(`expected ${status}, but it succeeded with ${JSON.stringify(result)}`);
}

export function isErrorBody(body, status) {
  assert.deepEqual(Object.keys(body ?? {}).sort(), ['data', 'message', 'status'], JSON.stringify(body));
  assert.equal(body.status, status);
  assert.ok(body.data !== null && typeof body.data === 'object' && !Array.isArray(body.data), 'data must be an object');
  assert.match(body.message, /^[^a-z].*[.?!]$/s, 'a message is a sentence');
}

export function matches(text, expected) {
  if (expected instanceof RegExp) assert.match(text, expected);
  else assert.equal(text, expected);
}

export const ids = list => (list.items ?? list).map(item => item.id);

/** A valid record id from a short name: `p1` becomes `p1` and thirteen zeros. */
export const id = name => name.padEnd(15, '0');

/** Short names of the records in a list, sorted: the inverse of `id`. */
export const names = list => ids(list).map(shortName).sort();
export const namesInOrder = list => ids(list).map(shortName);
const shortName = recordId => recordId.replace(/0+$/, '');

export const dateForm = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/;
export const idForm = /^[a-z0-9]{15}$/;

// Nothing is timed before the answers are known to be equal.
import { isDeepStrictEqual } from 'node:util';
import { sendJson } from './http.mjs';
import { requestsFor } from './work.mjs';

const samples = 12;

/**
 * Asks every contender the same things. Reading: every answer must equal the first one's, for floors to the last key, for peers (which speak
 * other dialects) in what both know. Writing: what was sent must be found again by a read; floors must also answer alike.
 * @param entries [{contender, server}], Hearth first
 */
export async function checkEqual(work, data, entries) {
  for (const request of requestsFor(work, data).slice(0, work.writes ? 2 : samples)) {
    const [first, ...others] = entries;
    const expected = await ask(first, request);
    if (!isWhole(request, expected)) throw new Error(`${work.key}: ${first.contender.title} gave too little for ${show(request)}: ${show(expected)}`);
    if (work.writes) await checkStored(first, request, expected);
    for (const other of others) {
      const given = await ask(other, request);
      if (work.writes) await checkStored(other, request, given);
      if (work.writes && other.contender.isPeer) continue;
      const [left, right] = [expected, given].map(answer => other.contender.isPeer ? common(answer) : lasting(request, answer));
      if (!isDeepStrictEqual(left, right)) {
        throw new Error(`${work.key}: ${other.contender.title} answers otherwise than ${first.contender.title}\n${difference(left, right)}`);
      }
    }
  }
}

async function ask({ contender, server }, request) {
  return contender.decode(request, await sendJson(server.url, contender.encode(request)));
}

function isWhole(request, answer) {
  switch (request.kind) {
    case 'create': return answer.id?.length === 15;
    case 'batch': return answer.length === request.posts.length && answer.every(item => item.status === 200);
    case 'get': case 'update': return answer.id === request.id;
    default: return answer.items.length === 30 && answer.totalItems > 30;
  }
}

/** Reads back what was written: an answer alone does not show that anything was stored. */
async function checkStored(entry, request, answer) {
  const sent = request.kind === 'batch' ? request.posts : [request.post ?? { title: request.title, views: request.views }];
  const ids = request.kind === 'batch' ? answer.map(item => item.body.id) : [answer.id];
  for (const [i, wanted] of sent.entries()) {
    const stored = await ask(entry, { kind: 'get', id: ids[i] });
    for (const [name, value] of Object.entries(wanted)) {
      if (!isDeepStrictEqual(stored[name], value)) throw new Error(`${entry.contender.title} was sent ${show(wanted)} but stored ${show(stored)}`);
    }
  }
}

/** What every dialect has of an answer. */
function common(answer) {
  return 'items' in answer ? { totalItems: answer.totalItems, items: answer.items.map(commonRecord) } : commonRecord(answer);
}

function commonRecord({ id, title, body, views, author, tags, published, expand }) {
  return {
    id, title, body, views, author,
    ...(tags ? { tags, published } : {}),
    ...(expand ? { expand: { author: { id: expand.author.id, name: expand.author.name, bio: expand.author.bio } } } : {}),
  };
}

/** Leaves out what differs by nature between two writes of the same: new ids and times. */
function lasting(request, answer) {
  const clean = record => ({ ...record, created: '', updated: '', ...(request.kind === 'update' ? {} : { id: '' }) });
  switch (request.kind) {
    case 'batch': return answer.map(item => ({ ...item, body: clean(item.body) }));
    case 'create': return clean(answer);
    case 'update': return clean(answer);
    default: return answer;
  }
}

const show = value => JSON.stringify(value).slice(0, 400);

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}

function difference(left, right) {
  const [a, b] = [left, right].map(value => JSON.stringify(sorted(value), null, 1).split('\n'));
  const at = Math.max(0, a.findIndex((line, i) => line !== b[i]));
  return `expected ${a.slice(at, at + 3).join(' ')}\nbut got  ${b.slice(at, at + 3).join(' ')}`;
}

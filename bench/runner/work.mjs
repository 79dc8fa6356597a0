// The measured work, said without any contender's words. A contender turns each request into HTTP.
import { Chance, users } from './data.mjs';

const listWidth = 500, mineWidth = 200, batchSize = 50;

/**
 * One kind of work.
 * @property key    name in results
 * @property title  name in tables
 * @property writes whether it changes data (such work is done after all reading)
 * @property make   one request from a random source and the data
 */
export const works = [
  { key: 'get', title: 'Get one record by id', make: (chance, data) => ({ kind: 'get', id: chance.pick(data.postIds()) }) },
  { key: 'list', title: 'List 30, filter and sort on an index', make: (chance, data) => ({ kind: 'list', ...range(chance, data, listWidth) }) },
  { key: 'expand', title: 'The same with its relation expanded', make: (chance, data) => ({ kind: 'expand', ...range(chance, data, listWidth) }) },
  { key: 'byAuthor', title: 'List 30 by a field of a relation', make: (chance, data) => ({ kind: 'byAuthor', name: chance.pick(data.authors).name }) },
  {
    key: 'mine', title: 'List 30 under a rule with a join, signed in',
    make: (chance, data) => ({ kind: 'mine', user: chance.below(users.length), ...range(chance, data, mineWidth) }),
  },
  {
    key: 'update', title: 'Update a record, durable', writes: true,
    make: (chance, data) => ({ kind: 'update', id: chance.pick(data.postIds()), title: chance.prose(30), views: chance.below(data.size) }),
  },
  { key: 'create', title: 'Create a record, durable', writes: true, make: (chance, data) => ({ kind: 'create', post: newPost(chance, data) }) },
  {
    key: 'batch', title: 'Create 50 records in one batch, durable', writes: true,
    make: (chance, data) => ({ kind: 'batch', posts: Array.from({ length: batchSize }, () => newPost(chance, data)) }),
  },
];

/** So many requests of one kind, the same ones in every run. */
export function requestsFor(work, data, count = work.key === 'batch' ? 64 : 1000) {
  const chance = new Chance(1000 + works.indexOf(work));
  return Array.from({ length: count }, () => work.make(chance, data));
}

function range(chance, data, width) {
  const from = chance.below(Math.max(1, data.size - width));
  return { from, to: from + width };
}

function newPost(chance, data) {
  return data.postBody(chance, chance.below(data.size));
}

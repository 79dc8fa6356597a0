// The data that every contender holds, and the random choices of the load. Seeded: the same in every run, on every machine.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const tags = ['news', 'tech', 'life', 'food', 'art', 'travel'];
export const users = [1, 2, 3, 4].map(n => ({ id: `reader00000000${n}`, email: `reader${n}@example.com`, password: `turn-the-page-${n}` }));

const firstNames = ['Ada', 'Bela', 'Chiara', 'Dara', 'Emre', 'Fatou', 'Gita', 'Hugo', 'Ines', 'Jonas', 'Kaya', 'Luca', 'Maja', 'Noor', 'Oskar', 'Pia'];
const lastNames = ['Abara', 'Berg', 'Castillo', 'Dvořák', 'Eriksen', 'Fontaine', 'Gupta', 'Hansen', 'Ito', 'Jansen', 'Kowalski', 'Lindqvist', 'Moreau', 'Núñez'];
const words = ('river stone letter morning paper window garden answer silver market station winter harbour little quiet before '
  + 'between under carry follow measure open gather listen bright narrow early common several across café "again" naïve it’s').split(' ');

/** A small pseudo-random source (mulberry32): the same seed gives the same row of numbers. */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** Fifteen characters, as record ids are. */
  id() {
    let text = '';
    for (let i = 0; i < 15; i++) text += 'abcdefghijklmnopqrstuvwxyz0123456789'[this.below(36)];
    return text;
  }

  /** Words of about so many characters. */
  prose(length) {
    let text = this.pick(words);
    while (text.length < length) text += ' ' + this.pick(words);
    return text;
  }
}

/** All rows for a number of posts; `each` methods make them one by one, so that a million needs no memory. */
export class DataSet {
  constructor(size) {
    this.size = size;
    this.authorCount = Math.max(10, size / 100);
    this.authors = [...this.#makeAuthors()];
  }

  *#makeAuthors() {
    const chance = new Chance(11);
    for (let i = 0; i < this.authorCount; i++) {
      const name = `${chance.pick(firstNames)} ${chance.pick(lastNames)} ${i + 1}`;
      yield { id: chance.id(), name, bio: chance.prose(100) };
    }
  }

  *posts() {
    const chance = new Chance(22);
    for (let i = 0; i < this.size; i++) yield { id: chance.id(), ...this.postBody(chance, this.#views(i)) };
  }

  *drafts() {
    const chance = new Chance(33);
    for (let i = 0; i < this.size; i++) {
      yield { id: chance.id(), title: chance.prose(30), body: chance.prose(200), views: this.#views(i), author: chance.pick(this.authors).id };
    }
  }

  /** Each author has one reader as a member, so every reader sees a quarter of the drafts. */
  *members() {
    const chance = new Chance(44);
    for (let i = 0; i < this.authorCount; i++) yield { id: chance.id(), user: users[i % users.length].id, author: this.authors[i].id };
  }

  /** Ids of the posts, without making the rest of them twice for each caller. */
  postIds() {
    this.ids ??= [...this.posts()].map(post => post.id);
    return this.ids;
  }

  /** What a client sends to create a post. */
  postBody(chance, views) {
    const chosen = new Set();
    for (let n = chance.below(4); n > 0; n--) chosen.add(chance.pick(tags));
    return {
      title: chance.prose(30), body: chance.prose(200), views, author: chance.pick(this.authors).id, tags: [...chosen], published: chance.below(5) > 0,
    };
  }

  /** Every number below the size once, in a scattered order: no two rows tie in a sort. */
  #views(i) {
    return (i * 7919 + 13) % this.size;
  }

  /** Writes one NDJSON file a collection and gives their paths by collection, in the order to load them. */
  writeFiles(folder) {
    mkdirSync(folder, { recursive: true });
    return Object.fromEntries(['authors', 'posts', 'drafts', 'members'].map(name => {
      const path = join(folder, `${name}.ndjson`);
      const rows = name === 'authors' ? this.authors : this[name]();
      writeLines(path, rows);
      return [name, path];
    }));
  }
}

function writeLines(path, rows) {
  const file = openSync(path, 'w');
  let block = '';
  for (const row of rows) {
    block += JSON.stringify(row) + '\n';
    if (block.length > 1 << 20) {
      writeSync(file, block);
      block = '';
    }
  }
  writeSync(file, block);
  closeSync(file);
}

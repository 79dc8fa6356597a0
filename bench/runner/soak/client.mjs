// One client of the soak: does random work on records of its own and keeps a book of what was acknowledged.
import { sendJson } from '../http.mjs';
import { records } from './reading.mjs';

const mostRecords = 150, batchSize = 10;

export class Client {
  acknowledged = 0;
  unsureCount = 0;
  #name; #chance; #bank;
  /** id -> value that was acknowledged last */
  #book = new Map();
  /** what was under way when the server died: () => void, throws when neither done nor undone */
  #unsure = null;

  constructor(number, chance, bank) {
    this.#name = `client${number}`;
    this.#chance = chance;
    this.#bank = bank;
  }

  /** Works until the signal, or until the server is gone. */
  async work(url, signal) {
    while (!signal.aborted) {
      const { request, done, unsure } = this.#next();
      this.#unsure = unsure;
      let answer;
      try {
        answer = await sendJson(url, request);
      } catch (problem) {
        // An answer that refuses is a fault of the server; so is no answer, unless it was just killed.
        if (!(problem instanceof TypeError) || !signal.aborted) throw problem;
        this.unsureCount++;
        return;
      }
      this.#unsure = null;
      done(answer);
    }
  }

  /** Takes its records out of what is stored and compares them with the book. */
  check(rows) {
    this.#unsure?.(rows);
    this.#unsure = null;
    for (const [id, value] of this.#book) {
      const row = rows.get(id);
      if (!row) throw new Error(`${this.#name}: the acknowledged record ${id} is lost`);
      if (row.value !== value || row.owner !== this.#name) throw new Error(`${this.#name}: ${id} should have ${value}, has ${JSON.stringify(row)}`);
      rows.delete(id);
    }
  }

  #next() {
    const dice = this.#chance.below(100);
    if (this.#book.size > mostRecords || (dice < 15 && this.#book.size > 0)) return this.#delete();
    if (dice < 40 && this.#book.size > 0) return this.#update();
    if (dice < 55) return this.#batch();
    if (dice < 70) return this.#transfer();
    if (dice < 85 && this.#book.size > 0) return this.#read();
    return this.#create();
  }

  #create() {
    const record = this.#newRecord();
    return {
      request: { method: 'POST', path: records('ledger'), body: record },
      done: () => this.#wrote([record]),
      unsure: rows => { if (rows.has(record.id)) this.#book.set(record.id, record.value); },
    };
  }

  #batch() {
    const made = Array.from({ length: batchSize }, () => this.#newRecord());
    return {
      request: { method: 'POST', path: '/api/batch', body: { requests: made.map(body => ({ method: 'POST', url: records('ledger'), body })) } },
      done: () => this.#wrote(made),
      unsure: rows => {
        const there = made.filter(record => rows.has(record.id));
        if (there.length !== 0 && there.length !== made.length) throw new Error(`${this.#name}: ${there.length} of a batch of ${made.length} are stored`);
        for (const record of there) this.#book.set(record.id, record.value);
      },
    };
  }

  #update() {
    const id = this.#ownId();
    const [before, value] = [this.#book.get(id), this.#chance.below(1_000_000)];
    return {
      request: { method: 'PATCH', path: `${records('ledger')}/${id}`, body: { value } },
      done: () => this.#wrote([{ id, value }]),
      unsure: rows => this.#book.set(id, rows.get(id)?.value === value ? value : before),
    };
  }

  #delete() {
    const id = this.#ownId();
    return {
      request: { method: 'DELETE', path: `${records('ledger')}/${id}` },
      done: () => {
        this.#book.delete(id);
        this.acknowledged++;
      },
      unsure: rows => { if (!rows.has(id)) this.#book.delete(id); },
    };
  }

  #read() {
    const id = this.#ownId();
    return {
      request: { path: `${records('ledger')}/${id}` },
      done: row => {
        if (row.value !== this.#book.get(id)) throw new Error(`${this.#name} wrote ${this.#book.get(id)} to ${id} and then read ${row.value}`);
      },
      unsure: null,
    };
  }

  #transfer() {
    const { id, requests } = this.#bank.transfer(this.#chance);
    return {
      request: { method: 'POST', path: '/api/batch', body: { requests } },
      done: () => {
        this.#bank.done(id);
        this.acknowledged++;
      },
      unsure: null,
    };
  }

  #newRecord() {
    return { id: this.#chance.id(), owner: this.#name, value: 1 + this.#chance.below(1_000_000), note: this.#chance.prose(150) };
  }

  #ownId() {
    return this.#chance.pick([...this.#book.keys()]);
  }

  #wrote(written) {
    for (const { id, value } of written) this.#book.set(id, value);
    this.acknowledged++;
  }
}

// Accounts whose balances only change by transfers: a batch that takes here, adds there and notes it. A half-done batch breaks the sums.
import { sendJson } from '../http.mjs';
import { records } from './reading.mjs';

const accountCount = 16, opening = 1_000_000;
const open = { type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' };
const text = name => ({ name, type: 'text' });
const number = name => ({ name, type: 'number' });

export async function createSoakCollections(post) {
  await post({ name: 'ledger', ...open, fields: [text('owner'), number('value'), text('note')], indexes: ['CREATE INDEX `idx_ledger_value` ON `ledger` (`value`)'] });
  await post({ name: 'accounts', ...open, fields: [number('balance')] });
  await post({ name: 'transfers', ...open, fields: [text('source'), text('target'), number('amount')] });
}

export class Bank {
  #ids; #known = new Set();
  transferCount = 0;

  constructor(chance) {
    this.#ids = Array.from({ length: accountCount }, () => chance.id());
  }

  async open(url) {
    for (const id of this.#ids) await sendJson(url, { method: 'POST', path: records('accounts'), body: { id, balance: opening } });
  }

  /** A new transfer between two accounts, as a batch. */
  transfer(chance) {
    const id = chance.id();
    const source = chance.pick(this.#ids);
    const target = chance.pick(this.#ids.filter(other => other !== source));
    const amount = 1 + chance.below(9);
    return {
      id,
      requests: [
        { method: 'PATCH', url: `${records('accounts')}/${source}`, body: { 'balance-': amount } },
        { method: 'PATCH', url: `${records('accounts')}/${target}`, body: { 'balance+': amount } },
        { method: 'POST', url: records('transfers'), body: { id, source, target, amount } },
      ],
    };
  }

  /** Remembers a transfer that was acknowledged. */
  done(id) {
    this.#known.add(id);
  }

  check(accounts, transfers) {
    const missing = [...this.#known].find(id => !transfers.has(id));
    if (missing) throw new Error(`the acknowledged transfer ${missing} is lost`);
    const expected = new Map(this.#ids.map(id => [id, opening]));
    for (const { source, target, amount } of transfers.values()) {
      expected.set(source, expected.get(source) - amount);
      expected.set(target, expected.get(target) + amount);
    }
    for (const [id, balance] of expected) {
      if (accounts.get(id)?.balance !== balance) throw new Error(`account ${id} holds ${accounts.get(id)?.balance}, its transfers make ${balance}: a batch is half done`);
    }
    this.transferCount = transfers.size;
  }
}

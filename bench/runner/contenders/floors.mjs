// The floors of bench/floors: what the machine, the platform and a good developer can do without Hearth.
import { createHmac, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Server } from '../children.mjs';
import { users } from '../data.mjs';

const program = fileURLToPath(new URL('../../floors/bin/Release/net10.0/floors', import.meta.url));
const records = '/api/collections/posts/records';

/** Floors (b), (c) and (d): they have a copy of the data that Hearth made. */
class WrittenFloor {
  does = () => true;
  #folder; #mode; #args;
  #secret = randomBytes(32).toString('hex');

  constructor(key, title, mode, folder, args) {
    this.key = key;
    this.title = title;
    this.#mode = mode;
    this.#folder = folder;
    this.#args = args;
  }

  async start() {
    mkdirSync(this.#folder, { recursive: true });
    const port = await freePort();
    const args = [this.#mode, '--http', `127.0.0.1:${port}`, '--secret', this.#secret, ...this.#args];
    return Server.start({ command: program, args, port, ready: '/posts/none', log: join(this.#folder, `${this.key}.log`) });
  }

  encode(request) {
    switch (request.kind) {
      case 'get': return { path: `/posts/${request.id}` };
      case 'list': return { path: `/posts?from=${request.from}&to=${request.to}` };
      case 'expand': return { path: `/posts?from=${request.from}&to=${request.to}&expand=author` };
      case 'byAuthor': return { path: `/posts?author=${encodeURIComponent(request.name)}` };
      case 'mine': return {
        path: `/drafts?from=${request.from}&to=${request.to}`, headers: { Authorization: token(this.#secret, users[request.user].id) },
      };
      case 'update': return { method: 'PATCH', path: `/posts/${request.id}`, body: { title: request.title, views: request.views } };
      case 'create': return { method: 'POST', path: '/posts', body: request.post };
      case 'batch': return { method: 'POST', path: '/batch', body: { requests: request.posts.map(body => ({ method: 'POST', url: records, body })) } };
    }
  }

  decode = (request, answer) => answer;
}

/** Floors (b) and (c): they open a copy of the SQLite file. */
class SqliteFloor extends WrittenFloor {
  #folder; #file;

  constructor({ key, title, mode, synchronous = 'FULL', onlyWrites = false }, folder) {
    const file = join(folder, `${key}.db`);
    super(key, title, mode, folder, ['--data', file, '--synchronous', synchronous]);
    this.#folder = folder;
    this.#file = file;
    this.does = work => !onlyWrites || Boolean(work.writes);
  }

  /**
   * @param hearthDir the data folder of Hearth, which does not run
   */
  async prepare(hearthDir) {
    mkdirSync(this.#folder, { recursive: true });
    for (const part of ['', '-wal']) {
      if (existsSync(join(hearthDir, `data.db${part}`))) copyFileSync(join(hearthDir, `data.db${part}`), this.#file + part);
    }
  }
}

/** Floor (d): on a copy of the database that Hearth made on PostgreSQL. */
export class PostgresFloor extends WrittenFloor {
  #postgres;

  constructor(postgres, folder) {
    // As many connections as Hearth has; statements are prepared by themselves, as its documentation advises.
    const connection = `${postgres.connection('floor')};Max Auto Prepare=50;Auto Prepare Min Usages=2;No Reset On Close=true`;
    super('npgsql', 'hand-written Npgsql (d)', 'hand-written-postgres', folder, ['--data', connection]);
    this.#postgres = postgres;
  }

  /**
   * @param database the database of Hearth, which does not run
   */
  async prepare(database) {
    await this.#postgres.sql('postgres', `CREATE DATABASE floor TEMPLATE ${database}`);
  }
}

/** Floor (a): answers everything with the same bytes. */
export class EmptyFloor {
  title = 'empty Kestrel endpoint (a)';
  key = 'empty';
  #folder;

  constructor(work, folder) {
    this.work = work;
    this.#folder = folder;
    this.does = other => other === work;
  }

  async prepare(answer) {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#answer, answer);
  }

  get #answer() {
    return join(this.#folder, `answer-${this.work.key}.json`);
  }

  async start() {
    const port = await freePort();
    const args = ['empty', '--http', `127.0.0.1:${port}`, '--answer', this.#answer];
    return Server.start({ command: program, args, port, ready: '/', log: join(this.#folder, 'empty.log') });
  }
}

function token(secret, id) {
  const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ id, type: 'auth', exp: Math.floor(Date.now() / 1000) + 86_400 })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Floors (b) and (c) in the kinds that are measured. */
export const sqliteFloors = folder => [
  new SqliteFloor({ key: 'hard', title: 'hard-coded (b)', mode: 'hard-coded' }, folder),
  new SqliteFloor({ key: 'hand', title: 'hand-written Dapper (c), FULL', mode: 'hand-written' }, folder),
  new SqliteFloor({ key: 'handNormal', title: 'hand-written Dapper (c), NORMAL', mode: 'hand-written', synchronous: 'NORMAL', onlyWrites: true }, folder),
];

// Parse Server on PostgreSQL, started by its own command line tool. The rule with a join is a beforeFind trigger (bench/peers/parse-cloud.cjs):
// Parse has no rules that look into other classes.
import { randomBytes } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, Server } from '../children.mjs';
import { users } from '../data.mjs';
import { sendJson } from '../http.mjs';
import { copyField } from './postgres.mjs';

const database = 'parse', app = 'bench';
const pointer = (className, objectId) => ({ __type: 'Pointer', className, objectId });
const field = (type, targetClass) => ({ type, ...(targetClass ? { targetClass } : {}) });
const post = { title: field('String'), body: field('String'), views: field('Number'), author: field('Pointer', 'authors') };
const classes = {
  authors: { name: field('String'), bio: field('String') },
  posts: { ...post, title: { ...field('String'), required: true }, tags: field('Array'), published: field('Boolean') },
  drafts: post,
  members: { user: field('Pointer', '_User'), author: field('Pointer', 'authors') },
};

export class ParseServer {
  key = 'parse';
  title = 'Parse Server on PostgreSQL';
  isPeer = true;
  does = () => true;
  #peers; #postgres; #folder;
  #masterKey = randomBytes(16).toString('hex');
  #sessions = [];

  constructor(peers, postgres, folder) {
    this.#peers = peers;
    this.#postgres = postgres;
    this.#folder = folder;
  }

  async prepare(data, files) {
    await this.#postgres.sql('postgres', `CREATE DATABASE ${database}`);
    const server = await this.start();
    const userIds = new Map();
    try {
      const headers = { 'X-Parse-Application-Id': app, 'X-Parse-Master-Key': this.#masterKey };
      for (const [className, fields] of Object.entries(classes)) {
        await sendJson(server.url, { method: 'POST', path: `/parse/schemas/${className}`, headers, body: { className, fields } });
      }
      for (const { id, email, password } of users) {
        const user = await sendJson(server.url, { method: 'POST', path: '/parse/users', headers, body: { username: email, email, password } });
        userIds.set(id, user.objectId);
        const session = await sendJson(server.url, { method: 'POST', path: '/parse/login', headers, body: { username: email, password } });
        this.#sessions.push(session.sessionToken);
      }
    } finally {
      await server.stop();
    }
    for (const [table, fields] of Object.entries(classes)) await this.#load(table, Object.keys(fields), files[table], userIds);
    await this.#postgres.sql(database, `
      CREATE INDEX ON authors (name); CREATE INDEX ON posts (views); CREATE INDEX ON posts (author, views);
      CREATE INDEX ON drafts (views); CREATE INDEX ON drafts (author); CREATE INDEX ON members ("user"); VACUUM ANALYZE`);
  }

  async #load(table, columns, file, userIds) {
    const now = new Date().toISOString();
    const lines = [`COPY "${table}" ("objectId", "createdAt", "updatedAt", ${columns.map(name => `"${name}"`).join(', ')}) FROM STDIN;`];
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const row = JSON.parse(line);
      const cell = name => name === 'user' ? userIds.get(row.user) : Array.isArray(row[name]) ? JSON.stringify(row[name]) : row[name];
      lines.push([row.id, now, now, ...columns.map(cell)].map(copyField).join('\t'));
    }
    await this.#postgres.sql(database, lines.join('\n') + '\n\\.\n');
  }

  async start() {
    const port = await freePort();
    const config = join(this.#folder, 'parse.json');
    writeFileSync(config, JSON.stringify({
      appId: app, masterKey: this.#masterKey, databaseURI: this.#postgres.url(database), host: '127.0.0.1', port, mountPath: '/parse',
      serverURL: `http://127.0.0.1:${port}/parse`, cloud: join(this.#peers.folder, 'parse-cloud.cjs'), logLevel: 'error', logsFolder: null,
    }));
    return Server.start({
      command: this.#peers.node, args: [this.#peers.script('parse-server/bin/parse-server'), config], env: { NODE_ENV: 'production' },
      // Its log folder is made where it runs.
      cwd: this.#folder, port, ready: '/parse/health', log: join(this.#folder, 'parse.log'),
    });
  }

  memory = server => server.memory().now + this.#postgres.memory();

  encode(request) {
    const { kind, id, title, views, from, to, name, user } = request;
    const headers = { 'X-Parse-Application-Id': app, ...(kind === 'mine' ? { 'X-Parse-Session-Token': this.#sessions[user] } : {}) };
    const list = (className, where, more = '') => ({
      headers, path: `/parse/classes/${className}?order=-views&limit=30&count=1&where=${encodeURIComponent(JSON.stringify(where))}${more}`,
    });
    const inRange = { views: { $gte: from, $lt: to } };
    switch (kind) {
      case 'get': return { headers, path: `/parse/classes/posts/${id}` };
      case 'list': return list('posts', inRange);
      case 'expand': return list('posts', inRange, '&include=author');
      case 'byAuthor': return list('posts', { author: { $inQuery: { where: { name }, className: 'authors' } } });
      case 'mine': return list('drafts', inRange);
      case 'update': return { method: 'PUT', headers, path: `/parse/classes/posts/${id}`, body: { title, views } };
      case 'create': return { method: 'POST', headers, path: '/parse/classes/posts', body: toParse(request.post) };
      case 'batch': return {
        method: 'POST', headers, path: '/parse/batch',
        body: { transaction: true, requests: request.posts.map(row => ({ method: 'POST', path: '/parse/classes/posts', body: toParse(row) })) },
      };
    }
  }

  /** Writes answer with the id only; what was stored is read back by the runner. */
  decode(request, answer) {
    switch (request.kind) {
      case 'get': return fromParse(answer);
      case 'update': return { id: request.id };
      case 'create': return { id: answer.objectId };
      case 'batch': return answer.map(item => ({ status: 200, body: { id: item.success.objectId } }));
      default: return { totalItems: answer.count, items: answer.results.map(fromParse) };
    }
  }
}

const toParse = row => ({ ...row, author: pointer('authors', row.author) });

function fromParse({ objectId, author, ...rest }) {
  return { id: objectId, ...rest, author: author.objectId, ...(author.name ? { expand: { author: { id: author.objectId, name: author.name, bio: author.bio } } } : {}) };
}

// Directus on SQLite: collections, relations and permissions made over its API, rows loaded into its file.
import { createReadStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, run, Server } from '../children.mjs';
import { users } from '../data.mjs';
import { sendJson } from '../http.mjs';

const admin = { email: 'bench@example.com', password: 'measured-twice-1' };
const publicPolicy = 'abf8a154-5b1c-4a46-ac9c-7300570f4f17';
const special = (field, type, ...kinds) => ({ field, type, meta: { special: kinds }, schema: {} });
const key = { field: 'id', type: 'uuid', meta: { special: ['uuid'] }, schema: { is_primary_key: true } };
const text = field => ({ field, type: 'text', schema: {} });
const dates = [special('created', 'timestamp', 'date-created'), special('updated', 'timestamp', 'date-created', 'date-updated')];
const post = [key, text('title'), text('body'), { field: 'views', type: 'integer', schema: {} }, special('author', 'uuid', 'm2o')];
// "accountability: null": no activity log and no revisions, which the others do not keep either.
const collections = [
  { collection: 'authors', fields: [key, text('name'), text('bio'), ...dates] },
  { collection: 'posts', fields: [...post, special('tags', 'json', 'cast-json'), special('published', 'boolean', 'cast-boolean'), ...dates] },
  { collection: 'drafts', fields: [...post, ...dates] },
  { collection: 'members', fields: [key, special('user', 'uuid', 'm2o'), special('author', 'uuid', 'm2o')] },
].map(collection => ({ ...collection, schema: {}, meta: { accountability: null } }));
const relations = [['posts', 'author', 'authors'], ['drafts', 'author', 'authors'], ['members', 'author', 'authors', 'members'], ['members', 'user', 'directus_users']];
const expanded = ['*', ...['id', 'name', 'bio', 'created', 'updated'].map(name => `author.${name}`)].join(',');

export class Directus {
  key = 'directus';
  title = 'Directus on SQLite';
  isPeer = true;
  does = () => true;
  #peers; #home;
  #userIds = new Map();

  constructor(peers, folder) {
    this.#peers = peers;
    this.#home = join(folder, 'directus');
  }

  get #file() {
    return join(this.#home, 'data.db');
  }

  #environment(port) {
    return {
      NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, SECRET: 'only-for-measuring-0123456789abcdef',
      DB_CLIENT: 'sqlite3', DB_FILENAME: this.#file, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, LOG_LEVEL: 'warn', TELEMETRY: 'false',
      // It would answer 503 as soon as the load generator keeps its event loop busy.
      PRESSURE_LIMITER_ENABLED: 'false',
    };
  }

  get #program() {
    return this.#peers.script('@directus/api/dist/cli/run.js');
  }

  async prepare(data, files) {
    mkdirSync(this.#home, { recursive: true });
    await run(this.#peers.node, [this.#program, 'bootstrap'], { cwd: this.#home, env: { ...process.env, ...this.#environment(0) } });
    await this.#sql('PRAGMA journal_mode = WAL;');
    const server = await this.start();
    try {
      await this.#setUp(server);
    } finally {
      await server.stop();
    }
    for (const [table, columns] of Object.entries({
      authors: ['id', 'name', 'bio'], posts: ['id', 'title', 'body', 'views', 'author', 'tags', 'published'],
      drafts: ['id', 'title', 'body', 'views', 'author'], members: ['id', 'user', 'author'],
    })) await this.#load(table, columns, files[table]);
    await this.#sql(`
      CREATE INDEX i1 ON authors (name); CREATE INDEX i2 ON posts (views); CREATE INDEX i3 ON posts (author, views);
      CREATE INDEX i4 ON drafts (views); CREATE INDEX i5 ON drafts (author); CREATE INDEX i6 ON members (author, user); ANALYZE;`);
  }

  async #setUp(server) {
    const { data: { access_token } } = await sendJson(server.url, { method: 'POST', path: '/auth/login', body: admin });
    const add = async (path, body) => (await sendJson(server.url, { method: 'POST', path, headers: { Authorization: `Bearer ${access_token}` }, body })).data;
    for (const collection of collections) await add('/collections', collection);
    await add('/fields/authors', { field: 'members', type: 'alias', meta: { special: ['o2m'] } });
    for (const [collection, field, related_collection, one_field] of relations) {
      await add('/relations', { collection, field, related_collection, schema: { on_delete: 'NO ACTION' }, meta: { one_field: one_field ?? null } });
    }
    const allow = (policy, collection, action, permissions = {}) => add('/permissions', { policy, collection, action, fields: ['*'], permissions });
    for (const [collection, action] of [['authors', 'read'], ['posts', 'read'], ['posts', 'create'], ['posts', 'update']]) await allow(publicPolicy, collection, action);
    const policy = await add('/policies', { name: 'Reader', app_access: false, admin_access: false });
    await allow(policy.id, 'drafts', 'read', { author: { members: { user: { _eq: '$CURRENT_USER' } } } });
    const role = await add('/roles', { name: 'Reader', policies: { create: [{ policy: { id: policy.id } }], update: [], delete: [] } });
    for (const { id, email, password } of users) {
      this.#userIds.set(id, (await add('/users', { email, password, role: role.id, token: `static-token-of-${id}` })).id);
    }
  }

  async #load(table, columns, file) {
    const now = Date.now();
    const dated = table === 'members' ? [] : ['created', 'updated'];
    const lines = ['BEGIN;'];
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const row = JSON.parse(line);
      const cells = columns.map(name => {
        if (name === 'id' || name === 'author') return toUuid(row[name]);
        return name === 'user' ? this.#userIds.get(row.user) : Array.isArray(row[name]) ? JSON.stringify(row[name]) : row[name];
      });
      lines.push(`INSERT INTO ${table} (${[...columns, ...dated].join()}) VALUES (${[...cells, ...dated.map(() => now)].map(literal).join()});`);
    }
    await this.#sql(lines.join('\n') + '\nCOMMIT;');
  }

  #sql(text) {
    return run('sqlite3', ['-bail', this.#file], { input: text });
  }

  async start() {
    const port = await freePort();
    return Server.start({
      command: this.#peers.node, args: [this.#program, 'start'], env: this.#environment(port), cwd: this.#home, port, ready: '/server/ping',
      log: join(this.#home, 'directus.log'),
    });
  }

  encode(request) {
    const { kind, id, title, views, from, to, name, user } = request;
    const list = (collection, filter, more = '') => ({
      path: `/items/${collection}?sort=-views&limit=30&meta=filter_count&filter=${encodeURIComponent(JSON.stringify(filter))}${more}`,
    });
    const inRange = { _and: [{ views: { _gte: from } }, { views: { _lt: to } }] };
    switch (kind) {
      case 'get': return { path: `/items/posts/${toUuid(id)}` };
      case 'list': return list('posts', inRange);
      case 'expand': return list('posts', inRange, `&fields=${expanded}`);
      case 'byAuthor': return list('posts', { author: { name: { _eq: name } } });
      case 'mine': return { ...list('drafts', inRange), headers: { Authorization: `Bearer static-token-of-${users[user].id}` } };
      case 'update': return { method: 'PATCH', path: `/items/posts/${toUuid(id)}`, body: { title, views } };
      case 'create': return { method: 'POST', path: '/items/posts', body: toDirectus(request.post) };
      case 'batch': return { method: 'POST', path: '/items/posts', body: request.posts.map(toDirectus) };
    }
  }

  decode(request, { data, meta }) {
    if (meta) return { totalItems: meta.filter_count, items: data.map(fromDirectus) };
    if (request.kind !== 'batch') return fromDirectus(data);
    // It answers in an order of its own.
    const rows = data.map(fromDirectus);
    return request.posts.map(post => ({ status: 200, body: rows.find(row => row.title === post.title && row.body === post.body && row.views === post.views) }));
  }
}

// Directus makes ids that are UUIDs. The fifteen letters of an id and a zero byte are the sixteen bytes of one.
function toUuid(id) {
  if (id.length !== 15) return id;
  const hex = Buffer.from(id, 'latin1').toString('hex') + '00';
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function fromUuid(uuid) {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return bytes[15] === 0 ? bytes.toString('latin1', 0, 15) : uuid;
}

const toDirectus = row => ({ ...row, author: toUuid(row.author) });

function fromDirectus({ id, author, ...rest }) {
  const whole = typeof author === 'object' ? author : null;
  return {
    id: fromUuid(id), ...rest, author: fromUuid(whole?.id ?? author),
    ...(whole ? { expand: { author: { id: fromUuid(whole.id), name: whole.name, bio: whole.bio } } } : {}),
  };
}

function literal(value) {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(Number(value));
}

// PostGraphile: GraphQL over PostgreSQL tables. Set up as bench/peers/graphile.config.mjs and postgraphile.sql say.
import { createHmac, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, Server } from '../children.mjs';
import { users } from '../data.mjs';
import { copyField } from './postgres.mjs';

const database = 'postgraphile';
const post = 'rowId title body views author tags published created updated';
const page = (fields, more = '') => `totalCount nodes { ${fields} ${more} }`;
const queries = {
  get: `query($id: String!) { post: postByRowId(rowId: $id) { ${post} } }`,
  list: `query($from: Int!, $to: Int!) { page: postsBetween(lowest: $from, below: $to, first: 30) { ${page(post)} } }`,
  expand: `query($from: Int!, $to: Int!) { page: postsBetween(lowest: $from, below: $to, first: 30) { ${
    page(post, 'authorByAuthor { rowId name bio created updated }')} } }`,
  byAuthor: `query($name: String!) { page: postsByAuthorName(name: $name, first: 30) { ${page(post)} } }`,
  mine: `query($from: Int!, $to: Int!) { page: draftsBetween(lowest: $from, below: $to, first: 30) { ${
    page('rowId title body views author created updated')} } }`,
  update: `mutation($id: String!, $patch: PostPatch!) { result: updatePostByRowId(input: { rowId: $id, postPatch: $patch }) { post { ${post} } } }`,
  create: `mutation($post: PostInput!) { result: createPost(input: { post: $post }) { post { ${post} } } }`,
  batch: `mutation($posts: JSON!) { result: createPosts(input: { items: $posts }) { posts: result { ${post} } } }`,
};

export class PostGraphile {
  key = 'postgraphile';
  title = 'PostGraphile on PostgreSQL';
  isPeer = true;
  does = () => true;
  #peers; #postgres; #folder;
  #secret = randomBytes(32).toString('hex');

  constructor(peers, postgres, folder) {
    this.#peers = peers;
    this.#postgres = postgres;
    this.#folder = folder;
  }

  async prepare(data, files) {
    await this.#postgres.sql('postgres', `CREATE DATABASE ${database}`);
    await this.#postgres.sql(database, readFileSync(join(this.#peers.folder, 'postgraphile.sql'), 'utf8'));
    await this.#postgres.sql(database, `INSERT INTO app.users VALUES ${users.map(user => `('${user.id}', '${user.email}')`).join(', ')}`);
    for (const [table, columns] of Object.entries({
      authors: ['id', 'name', 'bio'], posts: ['id', 'title', 'body', 'views', 'author', 'tags', 'published'],
      drafts: ['id', 'title', 'body', 'views', 'author'], members: ['id', 'user', 'author'],
    })) {
      const lines = [`COPY app.${table} (${columns.map(name => `"${name}"`).join(', ')}) FROM STDIN;`];
      for await (const line of createInterface({ input: createReadStream(files[table]) })) {
        const row = JSON.parse(line);
        lines.push(columns.map(name => copyField(Array.isArray(row[name]) ? `{${row[name].join(',')}}` : row[name])).join('\t'));
      }
      await this.#postgres.sql(database, lines.join('\n') + '\n\\.\n');
    }
    await this.#postgres.sql(database, 'VACUUM ANALYZE');
  }

  async start() {
    const port = await freePort();
    return Server.start({
      command: this.#peers.node, args: [this.#peers.script('postgraphile/dist/cli-run.js'), '-C', join(this.#peers.folder, 'graphile.config.mjs'), '-n', '127.0.0.1', '-p', String(port)],
      env: { NODE_ENV: 'production', GRAPHILE_ENV: 'production', DATABASE_URL: this.#postgres.url(database), JWT_SECRET: this.#secret },
      cwd: this.#peers.folder, port, ready: '/graphql', log: join(this.#folder, 'postgraphile.log'),
    });
  }

  memory = server => server.memory().now + this.#postgres.memory();

  encode(request) {
    const { kind, id, title, views, from, to, name } = request;
    const variables = {
      get: { id }, list: { from, to }, expand: { from, to }, byAuthor: { name }, mine: { from, to },
      update: { id, patch: { title, views } }, create: { post: request.post }, batch: { posts: request.posts },
    }[kind];
    const headers = kind === 'mine' ? { Authorization: `Bearer ${this.#token(users[request.user].id)}` } : {};
    return { method: 'POST', path: '/graphql', headers, body: { query: queries[kind], variables } };
  }

  decode(request, { data, errors }) {
    if (errors) throw new Error(`${this.title}: ${JSON.stringify(errors).slice(0, 500)}`);
    if (data.post) return record(data.post);
    if (data.page) return { totalItems: data.page.totalCount, items: data.page.nodes.map(record) };
    if (data.result.post) return record(data.result.post);
    return data.result.posts.map(row => ({ status: 200, body: record(row) }));
  }

  #token(user) {
    const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { aud: 'postgraphile', role: 'visitor', user_id: user, exp: Math.floor(Date.now() / 1000) + 86_400 };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', this.#secret).update(signed).digest('base64url')}`;
  }
}

function record({ rowId, authorByAuthor, ...rest }) {
  return { id: rowId, ...rest, ...(authorByAuthor ? { expand: { author: record(authorByAuthor) } } : {}) };
}

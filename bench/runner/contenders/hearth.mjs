// Hearth itself: the program as it is published (Release, compiled ahead), with its default settings but for batches, which are off until asked for.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, run, Server } from '../children.mjs';
import { users } from '../data.mjs';
import { sendJson } from '../http.mjs';
import { createCollections } from '../schema.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const superuser = { identity: 'bench@example.com', password: 'measured-twice-1' };
const records = collection => `/api/collections/${collection}/records`;

export class Hearth {
  key = 'hearth';
  title = 'Hearth';
  does = () => true;
  #program = process.env.HEARTH_PROGRAM ?? join(root, 'artifacts/published/hearth');
  #folder; #env; #superuser; #tokens = [];

  /**
   * @param postgres where its data are, in Npgsql's words; in the folder when absent
   */
  constructor(folder, postgres) {
    this.#folder = folder;
    this.#env = postgres ? { HEARTH_POSTGRES: postgres } : {};
    if (postgres) this.title = 'Hearth on PostgreSQL';
  }

  /** The data folder (data.db and what belongs to it). */
  get dir() {
    return join(this.#folder, 'hearth_data');
  }

  /**
   * Makes the collections over HTTP, and loads the rows with `hearth import`.
   * @param more makes further collections, with a function that posts one
   * @param only collections whose rows are loaded, each by a start of the program; all of them when absent
   */
  async prepare(data, files, more = async () => {}, only = ['authors', 'posts', 'drafts', 'members']) {
    if (!existsSync(this.#program)) throw new Error(`${this.#program} is missing: build it first (./bench.sh does)`);
    // With the records on a server the program makes no folder before it has a file to keep.
    mkdirSync(this.#folder, { recursive: true });
    const server = await this.start({ HEARTH_SUPERUSER_EMAIL: superuser.identity, HEARTH_SUPERUSER_PASSWORD: superuser.password });
    try {
      const Authorization = this.#superuser = await signIn(server, '_superusers', superuser.identity, superuser.password);
      const post = (path, body, method = 'POST') => sendJson(server.url, { method, path, headers: { Authorization }, body });
      await post('/api/settings', { batch: { enabled: true, maxRequests: 50, timeout: 30 }, rateLimits: { enabled: false } }, 'PATCH');
      for (const create of [createCollections, more]) await create(collection => post('/api/collections', collection));
      for (const user of users) await post(records('users'), { ...user, passwordConfirm: user.password });
      for (const user of users) this.#tokens.push(await signIn(server, 'users', user.email, user.password));
    } finally {
      await server.stop();
    }
    for (const collection of only) await this.#run('import', files[collection], '--collection', collection);
  }

  /**
   * @param env further environment variables
   */
  async start(env = {}) {
    const port = await freePort();
    const args = ['serve', '--http', `127.0.0.1:${port}`, '--dir', this.dir];
    return Server.start({ command: this.#program, args, env: { ...this.#env, ...env }, port, ready: '/api/health', log: join(this.#folder, 'hearth.log') });
  }

  /** A token of its superuser, from when it was prepared. */
  superuser() {
    return this.#superuser;
  }

  #run(...args) {
    return run(this.#program, [...args, '--dir', this.dir], { env: { ...process.env, ...this.#env } });
  }

  encode(request) {
    switch (request.kind) {
      case 'get': return { path: `${records('posts')}/${request.id}` };
      case 'list': return { path: page('posts', `views >= ${request.from} && views < ${request.to}`) };
      case 'expand': return { path: page('posts', `views >= ${request.from} && views < ${request.to}`, '&expand=author') };
      case 'byAuthor': return { path: page('posts', `author.name = "${request.name}"`) };
      case 'mine': return {
        path: page('drafts', `views >= ${request.from} && views < ${request.to}`), headers: { Authorization: this.#tokens[request.user] },
      };
      case 'update': return { method: 'PATCH', path: `${records('posts')}/${request.id}`, body: { title: request.title, views: request.views } };
      case 'create': return { method: 'POST', path: records('posts'), body: request.post };
      case 'batch': return {
        method: 'POST', path: '/api/batch', body: { requests: request.posts.map(body => ({ method: 'POST', url: records('posts'), body })) },
      };
    }
  }

  decode = (request, answer) => answer;
}

function page(collection, filter, more = '') {
  return `${records(collection)}?page=1&perPage=30&sort=-views&filter=${encodeURIComponent(filter)}${more}`;
}

async function signIn(server, collection, identity, password) {
  const answer = await sendJson(server.url, { method: 'POST', path: `/api/collections/${collection}/auth-with-password`, body: { identity, password } });
  return answer.token;
}

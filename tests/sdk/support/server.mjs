// Runs the real `hearth` program for one test file: its own folder, its own free port, its own superuser.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import PocketBase from 'pocketbase';
import { balance } from './balancer.mjs';
import { addressOf, copyPrepared, environment, forget, nodes, prepared } from './engine.mjs';

/** The program under test, as a Release build leaves it. */
export const program = process.env.HEARTH_PROGRAM
  ?? fileURLToPath(new URL('../../../src/Hearth.Cli/bin/Release/net10.0/hearth', import.meta.url));

export const email = 'root@example.com';
export const password = 'correct-horse-9';

/** What makes a server begin with the superuser of the tests. */
export const firstSuperuser = { HEARTH_SUPERUSER_EMAIL: email, HEARTH_SUPERUSER_PASSWORD: password };

// Far above what a start or stop needs, because a test machine may be busy with other things.
const patienceMs = 60_000;
const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** Runs one command of the program to its end and gives its standard output; throws when it fails. */
export async function cli(...args) {
  const { code, stdout, stderr } = await ends(args);
  if (code !== 0) throw new Error(`hearth ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** Runs one command of the program to its end, with text for its standard input; gives its exit code and what it wrote. */
export async function ends(args, input = '') {
  const env = await environment(args);
  return new Promise(resolve => {
    const child = execFile(program, args, { timeout: patienceMs, maxBuffer: 64 << 20, env }, (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }));
    child.stdin.on('error', () => {}); // a program that ends at once closes it
    child.stdin.end(input);
  });
}

/** Starts a command of the program, to talk to it while it runs. */
export async function start(args, stdio, more = {}) {
  return spawn(program, args, { stdio, env: { ...await environment(args), ...more } });
}

/** A new folder with the superuser of the tests, for commands that are run on it before any server. */
export async function newApp() {
  const folder = await newFolder();
  if (prepared) await copyPrepared(folder);
  else await cli('superuser', 'create', email, password, '--dir', folder);
  return folder;
}

/** Removes a data folder with what belongs to it elsewhere. */
export async function removeFolder(folder) {
  await rm(folder, { recursive: true, force: true });
  await forget(folder);
}

export const newFolder = () => mkdtemp(join(tmpdir(), 'hearth-test-'));

/**
 * Starts a server and waits until it answers. Where the tests run on several nodes (HEARTH_TEST_NODES) it is as many, on one database and one place for files,
 * and each request goes to another one.
 * @param dir     an existing data folder to open (again); a fresh one (removed at stop) when absent
 * @param args    further arguments of `serve`
 * @param setUp   the folder is new, and gets the superuser and no limits (it does when `dir` is absent); false leaves them out
 * @param env     variables of its environment beside those of the tests
 */
export async function startServer({ dir, args = [], setUp = dir === undefined, env = {} } = {}) {
  const folder = dir ?? await newFolder();
  try {
    const ready = setUp && prepared !== undefined;
    if (ready) await copyPrepared(folder);
    else if (setUp) env = { ...firstSuperuser, ...env };
    for (let attempt = 1; attempt <= 3; attempt++) {
      const server = await launch(folder, args, env, dir === undefined);
      if (!server) continue;
      if (nodes > 1) await server.join(await others(folder, args, env));
      return setUp && !ready ? await unlimited(server) : server;
    }
    throw new Error('the server could not be started on three free ports');
  } catch (error) {
    if (dir === undefined) await removeFolder(folder);
    throw error;
  }
}

// A new app limits sign-ins (accounts/audit.test.mjs), and tests are quicker than people. What is left are the contract's own defaults.
async function unlimited(server) {
  const pb = new PocketBase(server.url);
  await pb.collection('_superusers').authWithPassword(email, password);
  const rule = (label, maxRequests, duration) => ({ label, audience: '', duration, maxRequests });
  await pb.settings.update({ rateLimits: { enabled: false, rules: [rule('*:auth', 2, 3), rule('*:create', 20, 5), rule('/api/batch', 3, 1), rule('/api/', 300, 10)] } });
  return server;
}

async function launch(folder, args, env, temporary) {
  const port = await freePort();
  const child = await start(['serve', '--http', `127.0.0.1:${port}`, '--dir', folder, ...args], ['ignore', 'pipe', 'pipe'], env);
  running.add(child);
  const server = new Server(child, port, folder, temporary);
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (server.exitCode !== undefined) {
      if (/in use|address already/i.test(server.output)) return null;
      throw new Error(`the server ended with ${server.exitCode} while starting:\n${server.output}`);
    }
    try {
      if ((await fetch(`${server.url}/api/health`)).ok) return server;
    } catch { /* not listening yet */ }
    await sleep(25);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not answer in ${patienceMs} ms:\n${server.output}`);
}

/** The other nodes: each with a folder of its own that lies in the first one's, and the files of the first. */
async function others(folder, args, env) {
  const address = await addressOf(folder);
  const more = [];
  for (let i = 2; i <= nodes; i++) {
    const own = join(folder, `node-${i}`);
    await mkdir(own, { recursive: true });
    for (const shared of ['storage', 'backups']) {
      await mkdir(join(folder, shared), { recursive: true });
      await symlink(join(folder, shared), join(own, shared)).catch(error => { if (error.code !== 'EEXIST') throw error; });
    }
    const other = await launch(own, [...args, '--postgres', address], env, false);
    if (!other) throw new Error('no port was free for another node');
    more.push(other);
  }
  return more;
}

class Server {
  output = '';
  exitCode;
  #child; #temporary; #closed; #others = []; #balancer;

  constructor(child, port, dir, temporary) {
    this.#child = child;
    this.#temporary = temporary;
    this.#closed = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      this.exitCode = code ?? signal;
    });
    this.port = port;
    this.dir = dir;
    this.url = `http://127.0.0.1:${port}`;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => { this.output += text; });
  }

  /** Takes requests for itself and these in turn from now on, and ends them with itself. */
  async join(others) {
    this.#others = others;
    this.#balancer = await balance([this.port, ...others.map(other => other.port)]);
    this.url = `http://127.0.0.1:${this.#balancer.port}`;
    for (const other of others) this.follow(other);
  }

  // What any of them writes is looked for.
  follow(other) {
    this.output += other.output;
    other.hear(text => { this.output += text; });
  }

  hear(listener) {
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', listener);
  }

  /** An SDK client that nobody has signed in. */
  guest() {
    return new PocketBase(this.url).autoCancellation(false);
  }

  /** An SDK client signed in as the superuser. */
  async superuser() {
    const client = this.guest();
    await client.collection('_superusers').authWithPassword(email, password);
    return client;
  }

  /** An SDK client signed in to an auth collection (default `users`). */
  async user(identity, secret, collection = 'users') {
    const client = this.guest();
    await client.collection(collection).authWithPassword(identity, secret);
    return client;
  }

  /** Waits until the output matches, and gives the match. */
  async prints(pattern) {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(25)) {
      const match = pattern.exec(this.output);
      if (match) return match;
    }
    throw new Error(`nothing like ${pattern} in:\n${this.output}`);
  }

  signal(name) {
    this.#child.kill(name);
  }

  /** Waits for the end of the process and gives its exit code (or the signal that ended it). */
  async ended() {
    await this.#closed;
    return this.exitCode;
  }

  /** Ends the process politely (SIGTERM), removes a folder that was made for it, and gives the exit code. */
  async stop() {
    await this.#balancer?.stop();
    for (const other of this.#others) await other.stop();
    if (this.exitCode === undefined) this.signal('SIGTERM');
    const late = setTimeout(() => this.signal('SIGKILL'), patienceMs);
    await this.#closed;
    clearTimeout(late);
    if (this.#temporary) await removeFolder(this.dir);
    return this.exitCode;
  }

  /** Ends the process at once, as a crash does, and leaves its folder as it is. */
  async kill() {
    await this.#balancer?.stop();
    for (const other of this.#others) await other.kill();
    this.signal('SIGKILL');
    await this.#closed;
  }
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

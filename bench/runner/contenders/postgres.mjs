// A PostgreSQL of the run's own, for peers that need one and for Hearth on PostgreSQL: fresh, on a free port, never as root, durable.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, processorSeconds, run } from '../children.mjs';

const installed = '/usr/lib/postgresql';
// What its documentation advises for a dedicated machine of some size; commits stay durable (fsync and synchronous_commit are on by default).
const settings = { shared_buffers: '1GB', effective_cache_size: '4GB', max_connections: '200', random_page_cost: '1.1', listen_addresses: '127.0.0.1' };

/** Whether there is a PostgreSQL to start. */
export const hasPostgres = () => existsSync(installed);

export class Postgres {
  #child; #bin; #home; #as;

  static async start() {
    const postgres = new Postgres();
    const version = readdirSync(installed).sort((a, b) => b - a)[0];
    postgres.version = version;
    postgres.#bin = join(installed, version, 'bin');
    // Not below the repository: its account may not be allowed to look into the folders above it.
    postgres.#home = mkdtempSync('/var/tmp/hearth-bench-pg-');
    if (process.getuid() === 0) {
      const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
      postgres.#as = { uid, gid };
      chownSync(postgres.#home, uid, gid);
    }
    await postgres.#launch();
    process.once('exit', () => postgres.#clear());
    return postgres;
  }

  async #launch() {
    const data = join(this.#home, 'data');
    const options = { ...this.#as, cwd: this.#home };
    await run(join(this.#bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], options);
    this.port = await freePort();
    const args = ['-D', data, '-p', String(this.port), '-k', this.#home, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    this.#child = spawn(join(this.#bin, 'postgres'), args, { ...options, stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      try {
        await this.sql('postgres', 'SELECT 1');
        return;
      } catch (problem) {
        if (tries === 100) throw problem;
        await sleep(100);
      }
    }
  }

  url(database) {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** The same in Npgsql's words. */
  connection(database) {
    return `Host=127.0.0.1;Port=${this.port};Username=postgres;Database=${database};Maximum Pool Size=20`;
  }

  /** Runs SQL (or psql commands) in a database and gives psql's bare output. */
  sql(database, text) {
    return run(join(this.#bin, 'psql'), ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', this.url(database)], { input: text });
  }

  /** Seconds of processor time that those of its processes which run now have used. */
  processorSeconds() {
    return this.#processes().reduce((sum, pid) => sum + processorSeconds(pid), 0);
  }

  /** Memory of all its processes in MiB; shared pages are counted once. */
  memory() {
    let kib = 0;
    for (const pid of this.#processes()) {
      try {
        kib += Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1]);
      } catch { /* ended meanwhile */ }
    }
    return kib / 1024;
  }

  #processes() {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(this.#child.pid)], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number);
    return [this.#child.pid, ...children];
  }

  async stop() {
    this.#child.kill('SIGINT');
    await once(this.#child, 'close');
    this.#clear();
  }

  #clear() {
    if (this.#child?.exitCode === null) this.#child.kill('SIGQUIT');
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A value as a field of PostgreSQL's COPY text format. */
export function copyField(value) {
  if (value === null) return '\\N';
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

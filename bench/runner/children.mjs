// Programs that the runner starts: their start time, memory and end. Only these are ever stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** A server process that answers HTTP on a port of this machine. */
export class Server {
  #child; #closed; #highestOwn = 0;

  /** Starts a program and waits for its first good answer at a path. */
  static async start({ command, args, port, ready, env = {}, cwd, uid, gid, log, patience = 120_000 }) {
    const server = new Server();
    const output = createWriteStream(log, { flags: 'a' });
    const began = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, cwd, uid, gid });
    running.add(child);
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    server.#child = child;
    server.#closed = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      output.end();
      server.ended = code ?? signal;
    });
    child.once('error', problem => { server.ended ??= problem.message; });
    server.port = port;
    server.url = `http://127.0.0.1:${port}`;
    while (!(await answers(server.url + ready))) {
      if (server.ended !== undefined) throw new Error(`${command} ended with ${server.ended} while starting; see ${log}`);
      if (performance.now() - began > patience) throw new Error(`${command} did not answer in ${patience} ms; see ${log}`);
      await sleep(2);
    }
    server.startMillis = performance.now() - began;
    return server;
  }

  get pid() {
    return this.#child.pid;
  }

  /**
   * Memory in MiB: resident now and at its highest, files that are mapped included, and of its own now and at the highest that was seen, without
   * files: the system keeps those once for everybody, and takes them back when it needs the room.
   */
  memory() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'latin1');
    const mib = name => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / 1024;
    const own = mib('RssAnon') + mib('RssShmem');
    this.#highestOwn = Math.max(this.#highestOwn, own);
    return { now: mib('VmRSS'), highest: mib('VmHWM'), own, highestOwn: this.#highestOwn };
  }

  /** Seconds of processor time that it has used, in its own code and in the kernel for it. */
  processorSeconds() {
    return processorSeconds(this.pid);
  }

  /** Ends it politely, or at once after ten seconds. */
  async stop() {
    if (this.ended === undefined) this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.#closed;
    clearTimeout(late);
  }

  /** Ends it as a crash does. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}

/** Seconds of processor time that a process has used, in its own code and in the kernel for it; 0 when it has ended. */
export function processorSeconds(pid) {
  try {
    // Behind the name, which stands in brackets: state is the first, times in the user's code and in the kernel are the 12th and 13th, in hundredths.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Runs a program to its end and gives its output; throws when it fails. `started` gets the child. */
export async function run(command, args, { input, started = () => {}, ...options } = {}) {
  const child = spawn(command, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], ...options });
  running.add(child);
  started(child);
  let output = '', errors = '';
  child.stdout.setEncoding('utf8').on('data', text => { output += text; });
  child.stderr.setEncoding('utf8').on('data', text => { errors += text; });
  // A program that ends without reading its input says why by its exit code.
  child.stdin?.on('error', () => {});
  if (input !== undefined) child.stdin.end(input);
  const [code, signal] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${(output + errors).slice(-4000)}`);
  return output;
}

/** A port that nothing listens on at this moment. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function answers(url) {
  return new Promise(resolve => {
    const request = get(url, { agent: false, timeout: 5000 }, response => {
      response.resume();
      resolve(response.statusCode < 500);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

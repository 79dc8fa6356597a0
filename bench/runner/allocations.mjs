// What a .NET contender allocates for a request: seen from outside by bench/probe while the load runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { load } from './wrk.mjs';

const probe = fileURLToPath(new URL('../probe/bin/Release/net10.0/probe', import.meta.url));
const seconds = 2;

/** Bytes allocated a request, by a server that is warm already. */
export async function allocatedPerRequest(server, file) {
  const { requests, lines } = await probeWhileLoaded(server, file, []);
  return Number(lines[0]) / requests;
}

/** The types that are allocated most: [percent of all bytes, type]. */
export async function allocatedTypes(server, file) {
  const { lines } = await probeWhileLoaded(server, file, ['types']);
  return lines.map(line => line.split('\t'));
}

async function probeWhileLoaded(server, file, args) {
  const child = spawn(probe, [String(server.pid), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const output = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    if ((await output.next()).value !== 'ready') throw new Error(`the probe cannot look into process ${server.pid}`);
    const { requests } = await load(server.url, file, 64, seconds);
    child.stdin.end('\n');
    const lines = [];
    for await (const line of output) lines.push(line);
    if (child.exitCode === null) await once(child, 'close');
    return { requests, lines };
  } finally {
    child.kill('SIGKILL');
  }
}

// What a .NET contender allocates for a request: counted from outside by bench/probe while the load runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { load } from './wrk.mjs';

const probe = fileURLToPath(new URL('../probe/bin/Release/net10.0/probe', import.meta.url));
const seconds = 3;

/** Bytes allocated a request, by a server that is warm already. */
export async function allocatedPerRequest(server, file) {
  const child = spawn(probe, [String(server.pid)], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    if ((await lines.next()).value !== 'ready') throw new Error(`the probe cannot look into process ${server.pid}`);
    const { requests } = await load(server.url, file, 64, seconds);
    child.stdin.end('\n');
    const bytes = Number((await lines.next()).value);
    await once(child, 'close');
    return bytes / requests;
  } finally {
    child.kill('SIGKILL');
  }
}

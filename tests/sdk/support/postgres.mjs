// A PostgreSQL of one test file that keeps what it has committed and can be made to crash (tests/postgres.sh --durable).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts one; `address` is its connection string. */
export async function startPostgres() {
  const child = spawn(fileURLToPath(new URL('../../postgres.sh', import.meta.url)), ['--durable'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: address } = await lines.next();
  if (!address) throw new Error('PostgreSQL did not start');
  const order = async word => {
    child.stdin.write(`${word}\n`);
    if ((await lines.next()).value !== 'done') throw new Error(`PostgreSQL ended at ${word}`);
  };
  return {
    address,
    settings: Object.fromEntries(address.split(';').map(pair => pair.split('='))),
    /** All its processes end at once. */
    crash: () => order('crash'),
    start: () => order('start'),
    async stop() {
      child.stdin.end();
      await once(child, 'close');
    },
  };
}

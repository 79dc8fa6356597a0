// The load generator: wrk, with the same requests for everybody.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from './children.mjs';

const script = fileURLToPath(new URL('../load/replay.lua', import.meta.url));

/** Writes requests ({method, path, headers, body}) as the raw HTTP/1.1 that the wrk script replays. */
export function writeRequests(file, requests) {
  writeFileSync(file, Buffer.concat(requests.flatMap(request => {
    const raw = Buffer.from(rawRequest(request), 'utf8');
    return [Buffer.from(`${raw.length}\n`), raw, Buffer.from('\n')];
  })));
}

// Longer than any answer of a server that works takes to come on a busy machine.
const patience = 10;

/**
 * Loads a server for some seconds and gives requests a second, latencies in milliseconds and errors. When nothing at all was answered, because others had
 * the whole machine in that moment, it does so once more, for longer.
 * @param url         where the server is
 * @param file        requests, from {@link writeRequests}
 * @param connections how many at once
 * @param seconds     for how long, also parts of one
 */
export async function load(url, file, connections, seconds) {
  const result = await loadOnce(url, file, connections, seconds);
  return result.requests > 0 || seconds >= patience ? result : loadOnce(url, file, connections, patience);
}

async function loadOnce(url, file, connections, seconds) {
  const threads = Math.min(connections, 2);
  // wrk counts whole seconds; for parts of one it is asked to stop, and then reports as ever.
  const whole = Number.isInteger(seconds);
  const args = ['-t', String(threads), '-c', String(connections), '-d', `${Math.ceil(seconds) + (whole ? 0 : 60)}s`, '--timeout', '20s', '-s', script, url, '--', file];
  const output = await run('wrk', args, { started: child => { if (!whole) stopAfter(child, seconds); } });
  const line = /^RESULT (.*)$/m.exec(output);
  if (!line) throw new Error(`wrk gave no result:\n${output}`);
  const result = JSON.parse(line[1]);
  return {
    perSecond: result.requests / (result.micros / 1e6),
    p50: result.p50 / 1000, p90: result.p90 / 1000, p99: result.p99 / 1000, max: result.max / 1000,
    requests: result.requests, failed: result.failed, refused: result.refused,
  };
}

/** Sends SIGINT some seconds after wrk began to catch it, which it does when the load starts. */
async function stopAfter(child, seconds) {
  const interrupt = 1n << 1n;
  while (child.exitCode === null && child.signalCode === null) {
    const caught = /^SigCgt:\s+([0-9a-f]+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1];
    if (caught && (BigInt(`0x${caught}`) & interrupt)) break;
    await sleep(5);
  }
  await sleep(1000 * seconds);
  child.kill('SIGINT');
}

function rawRequest({ method = 'GET', path, headers = {}, body }) {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (content) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}

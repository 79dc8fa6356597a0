// The load generator: wrk, with the same requests for everybody.
import { writeFileSync } from 'node:fs';
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

/**
 * Loads a server for some seconds and gives requests a second, latencies in milliseconds and errors.
 * @param url         where the server is
 * @param file        requests, from {@link writeRequests}
 * @param connections how many at once
 * @param seconds     for how long, at least 1
 */
export async function load(url, file, connections, seconds) {
  const threads = Math.min(connections, 2);
  const output = await run('wrk', ['-t', String(threads), '-c', String(connections), '-d', `${seconds}s`, '--timeout', '20s', '-s', script, url, '--', file]);
  const line = /^RESULT (.*)$/m.exec(output);
  if (!line) throw new Error(`wrk gave no result:\n${output}`);
  const result = JSON.parse(line[1]);
  return {
    perSecond: result.requests / (result.micros / 1e6),
    p50: result.p50 / 1000, p90: result.p90 / 1000, p99: result.p99 / 1000, max: result.max / 1000,
    requests: result.requests, failed: result.failed, refused: result.refused,
  };
}

function rawRequest({ method = 'GET', path, headers = {}, body }) {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (content) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
}

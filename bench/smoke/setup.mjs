// What the smoke tests measure with: as little as possible, since they say nothing about speed.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Options of a run that is over in moments. Its files go to artifacts/. Where the engine is not what is measured, a test names the one that it is content
 * with in `engines`.
 */
export const moments = { smoke: true, size: 1000, rounds: 1, seconds: 0.2, warmSeconds: 0 };

/** The rows that are loaded where others are not asked for: each kind is a start of the program. None, or those of posts. */
export const noRows = [], onlyPosts = ['authors', 'posts'];

/** A file that a smoke run has written. */
export const written = name => readFileSync(fileURLToPath(new URL(`../../artifacts/bench/smoke/${name}`, import.meta.url)), 'utf8');

/** A small server that answers every request with what a function makes of it; it ends with the test. */
export async function serve(test, answer) {
  const server = createServer((request, response) => {
    const { status = 200, body } = answer(request);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

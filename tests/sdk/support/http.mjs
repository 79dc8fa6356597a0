// Plain HTTP below the SDK: exact status, headers and bytes.
import { once } from 'node:events';
import { connect } from 'node:net';

/** One request; a plain object body is sent as JSON. Gives status, headers, text and (when it parses) json. */
export async function call(server, method, path, { body, headers = {}, token, redirect = 'manual' } = {}) {
  const all = new Headers(headers);
  if (token) all.set('Authorization', token);
  let payload = body;
  if (body !== undefined && (body === null || Object.getPrototypeOf(body) === Object.prototype || Array.isArray(body))) {
    payload = JSON.stringify(body);
    if (!all.has('Content-Type')) all.set('Content-Type', 'application/json');
  }
  const response = await fetch(server.url + path, { method, headers: all, body: payload, redirect });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/**
 * Sends these exact bytes on a new connection and gives the first answer. `fetch` would clean paths and headers;
 * this does not.
 */
export async function raw(server, bytes, { patienceMs = 20_000 } = {}) {
  const socket = connect(server.port, '127.0.0.1');
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer in time')));
  await once(socket, 'connect');
  socket.write(bytes);
  const chunks = [];
  try {
    for await (const chunk of socket) {
      chunks.push(chunk);
      const answer = readAnswer(Buffer.concat(chunks));
      if (answer?.whole) return answer;
    }
  } finally {
    socket.destroy();
  }
  return readAnswer(Buffer.concat(chunks)) ?? { status: 0, head: '', text: '' };
}

/** A GET of exactly this path. */
export const rawGet = (server, path, headers = '') =>
  raw(server, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n${headers}\r\n`);

function readAnswer(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.subarray(0, end).toString('latin1');
  const rest = bytes.subarray(end + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const whole = length !== undefined ? rest.length >= Number(length) : /0\r\n\r\n$/.test(rest.toString('latin1'));
  const text = rest.toString('utf8');
  return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]), head, text, whole, json: parsed(text) };
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return undefined; }
}

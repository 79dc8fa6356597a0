// What clients do who want a server for themselves, or nobody to have it. All of it goes to this machine only, from an address of its own, and ends with the measurement.
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const from = '127.0.0.2'; // others ask from 127.0.0.1: limits count by address
const records = collection => `/api/collections/${collection}/records`;
const text = 'ж漢'.repeat(2500); // 5,000 letters, 12,500 bytes
const id = n => `reply${String(n).padStart(10, '0')}`;

/** The collections that attackers use, which everybody may read and write, with their rows. */
export async function prepareAttacks(server, headers, { smoke }) {
  const open = { type: 'base', listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' };
  const relation = (name, collectionId, more = {}) => ({ name, type: 'relation', collectionId, maxSelect: 1, ...more });
  await send(server, headers, 'PUT', '/api/collections/import', { collections: [
    { ...open, name: 'walls', id: 'walls000000000', fields: [{ name: 'title', type: 'text' }, { name: 'text', type: 'text', max: 5000 }] },
    { ...open, name: 'talks', id: 'talks000000000', fields: [{ name: 'title', type: 'text' }] },
    { ...open, name: 'remarks', id: 'remarks0000000', fields: [{ name: 'text', type: 'text' }, relation('talk', 'talks000000000')] },
    { ...open, name: 'replies', id: 'replies0000000', fields: [{ name: 'n', type: 'number' }, relation('parent', 'replies0000000', { cascadeDelete: true }), relation('mentions', 'replies0000000', { maxSelect: 9 })] },
  ] });
  const rows = smoke ? 100 : 1000;
  const talk = await send(server, headers, 'POST', records('talks'), { title: 'one' });
  await inBatches(server, headers, rows, n => ['walls', { title: `${n}`, text }]);
  await inBatches(server, headers, rows, n => ['remarks', { text: `t${n}`, talk: talk.id }]);
}

/** Each has `begin(server, headers, options)`, which gives a function that ends it. What must be there before is made by `ready`. */
export const attacks = [
  {
    key: 'slow readers', does: '24 clients ask for a page of 12 MB and read 300 bytes a second of it',
    begin: server => {
      const sockets = Array.from({ length: 24 }, () => slowReader(server, `${records('walls')}?perPage=1000&skipTotal=1&sort=-title`));
      return () => sockets.forEach(stop => stop());
    },
  },
  {
    key: 'costly filters', does: 'a guest has 8 lists open whose filters take seconds: back-relations through back-relations, and 130 patterns over long texts',
    begin: server => flood(server, 8, n => ({ path: n % 2 ? patterns : windings })),
  },
  {
    key: 'deep deletes', does: 'a guest removes the first of 2,500 replies, each to the one before, every two seconds',
    ready: async (server, headers, { seconds, smoke }) => {
      const chains = Math.ceil(seconds / 2) + 1, length = smoke ? 60 : 2500;
      await inBatches(server, headers, chains * length, n => ['replies', { id: id(n), n, parent: n % length === 0 ? '' : id(n - 1), mentions: [] }]);
      return { chains, length };
    },
    begin: (server, headers, options, { chains, length }) => {
      let next = 0;
      const remove = () => { if (next < chains) ask(server, { method: 'DELETE', path: `${records('replies')}/${id(next++ * length)}` }); };
      remove();
      const timer = setInterval(remove, 2000);
      return () => clearInterval(timer);
    },
  },
  {
    key: 'large bodies', does: 'a guest sends 4 bodies of 28 MiB at a time to a route that needs a few lines',
    begin: (server, headers, { smoke }) => {
      const body = `{"clientId":"x","subscriptions":["${'","'.repeat(smoke ? 10_000 : 9_000_000)}"]}`;
      return flood(server, 4, () => ({ method: 'POST', path: '/api/realtime', body }));
    },
  },
  {
    key: 'many topics', does: 'a guest has 10 streams open, each with 200 topics that filter what the others write',
    begin: async (server, headers, { smoke }) => {
      const streams = await Promise.all(Array.from({ length: smoke ? 2 : 10 }, () => stream(server, smoke ? 20 : 200)));
      return () => streams.forEach(socket => socket.destroy());
    },
  },
];

const windings = `${records('talks')}?skipTotal=1&filter=${encodeURIComponent("remarks_via_talk.talk.remarks_via_talk.talk.remarks_via_talk.text ?= 'zz1'")}`;
const patterns = `${records('walls')}?skipTotal=1&perPage=1&sort=-title&filter=${encodeURIComponent(Array.from({ length: 130 }, (_, n) => `text !~ '%жa${n}%'`).join(' && '))}`;

function slowReader(server, path) {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from, highWaterMark: 64 });
  socket.on('error', () => {});
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const timer = setInterval(() => socket.read(60), 200);
  return () => { clearInterval(timer); socket.destroy(); };
}

/** Keeps so many requests open until it is ended. */
function flood(server, count, requestOf) {
  const agent = new Agent({ keepAlive: true, localAddress: from });
  let ended = false;
  const one = async n => {
    while (!ended) {
      const answered = await ask(server, { ...requestOf(n), agent });
      // Who is sent away at once comes again, but not as fast as the machine can.
      if (answered !== 200) await sleep(20);
    }
  };
  for (let n = 0; n < count; n++) one(n);
  return () => { ended = true; agent.destroy(); };
}

function ask(server, { method = 'GET', path, body, agent }) {
  return new Promise(resolve => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    request(server.url + path, { method, agent, headers, localAddress: from }, response => response.resume().on('close', () => resolve(response.statusCode))).on('error', () => resolve(0)).end(body);
  });
}

/** A stream with topics that each filter; gives its socket. */
function stream(server, topics) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from });
    let head = '';
    const connected = async data => {
      head += data.toString('latin1');
      const client = /"clientId":"([^"]+)"/.exec(head)?.[1];
      if (!client) return;
      socket.off('data', connected);
      socket.resume();
      const filter = Array.from({ length: 20 }, (_, n) => `title != 'x${n}'`).join(' && ');
      const subscriptions = Array.from({ length: topics }, (_, n) => `posts/*?options=${encodeURIComponent(JSON.stringify({ query: { filter: `${filter} && title != 'y${n}'` } }))}`);
      await ask(server, { method: 'POST', path: '/api/realtime', body: JSON.stringify({ clientId: client, subscriptions }) });
      resolve(socket);
    };
    socket.on('data', connected).on('error', reject);
    socket.write('GET /api/realtime HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });
}

async function inBatches(server, headers, count, rowOf) {
  for (let begun = 0; begun < count; begun += 50) {
    const requests = Array.from({ length: Math.min(50, count - begun) }, (_, i) => {
      const [collection, body] = rowOf(begun + i);
      return { method: 'POST', url: records(collection), body };
    });
    await send(server, headers, 'POST', '/api/batch', { requests });
  }
}

async function send(server, headers, method, path, body) {
  const response = await fetch(server.url + path, { method, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${answer.slice(0, 300)}`);
  return answer === '' ? null : JSON.parse(answer);
}

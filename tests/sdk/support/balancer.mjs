// What stands in front of several nodes: each request goes to the next of them, whatever connection it comes on.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

/** Starts one on a free port. */
export async function balance(ports) {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer({ requestTimeout: 0, headersTimeout: 0 }, (incoming, outgoing) => {
    const port = ports[turn++ % ports.length];
    const forwarded = request({ agent, port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: rawHeaders(incoming) }, answer => {
      outgoing.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('aborted', () => outgoing.destroy());
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => { if (!outgoing.writableFinished) forwarded.destroy(); });
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

// As they came, also those that came twice.
function rawHeaders(incoming) {
  const headers = {};
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    const name = incoming.rawHeaders[i];
    headers[name] = name in headers ? [].concat(headers[name], incoming.rawHeaders[i + 1]) : incoming.rawHeaders[i + 1];
  }
  return headers;
}

// Starting and stopping: a polite stop finishes open requests; a folder has one owner; the program explains itself.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engine, on } from './support/engine.mjs';
import { cli, email, ends, password, startServer } from './support/server.mjs';

/** Requests that never come to their end: in the first line, in the headers, in the body. */
const half = {
  line: 'GET /api/hea',
  headers: 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-More: ',
  body: 'POST /api/collections/_superusers/auth-with-password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"identity": "',
  chunk: 'POST /api/collections/_superusers/auth-with-password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"identity',
};

/** A connection on which this text was sent. */
async function open(server, text) {
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8').on('error', () => {});
  await once(socket, 'connect');
  await new Promise(sent => socket.write(text, sent));
  return socket;
}

describe('a polite stop', () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`${signal} finishes an open request and ends with 0`, async () => {
      const server = await startServer();
      try {
        // A request whose body is still on its way is open, however fast the machine is; the server says when it waits for the body, however slow.
        const body = JSON.stringify({ identity: email, password });
        const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
        let answer = '';
        socket.on('data', text => { answer += text; });
        await once(socket, 'connect');
        socket.write(`POST /api/collections/_superusers/auth-with-password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`);
        while (!answer.startsWith('HTTP/1.1 100 ')) await once(socket, 'data');
        socket.write(body.slice(0, 10));
        server.signal(signal);
        await sleep(150);
        assert.equal(server.exitCode, undefined, 'it must wait for the open request');
        socket.write(body.slice(10));
        await once(socket, 'close');
        assert.match(answer, /^HTTP\/1\.1 200 /m);
        assert.match(answer, /"token"/);
        assert.equal(await server.ended(), 0, server.output);
      } finally {
        await server.stop();
      }
    });
  }

  it('cuts half-sent requests after some seconds, closes its data in order and ends with 0', async () => {
    const server = await startServer();
    const halves = await Promise.all(Object.values(half).map(text => open(server, text)));
    const began = performance.now();
    server.signal('SIGTERM');
    assert.equal(await server.ended(), 0, server.output);
    const seconds = (performance.now() - began) / 1000;
    assert.ok(seconds < 10, `it took ${seconds} s`);
    // What the log of the database held was written into it.
    if (engine === 'sqlite') for (const name of await readdir(server.dir)) assert.doesNotMatch(name, /-wal$/);
    assert.doesNotMatch(server.output, /Exception|fail:/);
    for (const socket of halves) socket.destroy();
    await server.stop();
  });

  it('does not wait for connections that ask nothing', async () => {
    const server = await startServer();
    const idle = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(idle, 'connect');
    assert.equal(await server.stop(), 0);
    idle.destroy();
  });
});

describe('half-sent requests', () => {
  it('are cut after a quarter of a minute, while the server goes on', async () => {
    const server = await startServer();
    try {
      const began = performance.now();
      const ends = await Promise.all(Object.entries(half).map(async ([name, text]) => {
        const socket = await open(server, text);
        let said = '';
        for await (const chunk of socket) said += chunk;
        return [name, said.slice(0, 12), Math.round((performance.now() - began) / 1000)];
      }));
      for (const [name, said, seconds] of ends) {
        assert.ok(said === '' || said === 'HTTP/1.1 408' || said === 'HTTP/1.1 400', `${name}: ${said}`);
        assert.ok(seconds >= 5 && seconds <= 25, `${name}: cut after ${seconds} s`);
      }
      assert.equal((await fetch(`${server.url}/api/health`)).status, 200);
    } finally {
      await server.stop();
    }
  });
});

describe('the program', () => {
  let server;
  before(async () => { server = await startServer(); });
  after(() => server?.stop());

  const folderTaken = 'refuses a folder that another process has open, in plain words';
  it(folderTaken, on(folderTaken), async () => {
    const { code, stdout, stderr } = await ends(['serve', '--http', '127.0.0.1:0', '--dir', server.dir]);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /in use|another|already|locked/i);
    assert.doesNotMatch(stdout + stderr, /   at |Exception/);
  });

  it('refuses a port that is taken, in plain words', async () => {
    const { code, stdout, stderr } = await ends(['serve', '--http', `127.0.0.1:${server.port}`, '--dir', `${server.dir}/second`]);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /in use|already/i);
    assert.doesNotMatch(stdout + stderr, /   at /);
  });

  it('prints where it is', () => server.prints(new RegExp(server.url)));

  it('has a version and help', async () => {
    assert.match(await cli('--version'), /^\d+\.\d+\.\d+/);
    const help = await cli('--help');
    for (const word of ['serve', 'superuser', 'import', 'export']) assert.match(help, new RegExp(`\\b${word}\\b`));
    const serve = await cli('serve', '--help');
    for (const word of ['--http', '--dir', '--public-dir', '--origins', '--demo']) assert.ok(serve.includes(word), word);
  });

  it('refuses what it does not know', async () => {
    for (const args of [['nope'], ['serve', '--nope'], ['serve', '--http', 'not an address'], ['superuser'], ['import']]) {
      const { code, stdout, stderr } = await ends(args);
      assert.notEqual(code, 0, args.join(' '));
      assert.ok((stdout + stderr).length > 10);
      assert.doesNotMatch(stdout + stderr, /   at Hearth|Unhandled/);
    }
  });
});

// The thread of somebody ordinary while others misbehave: asks at fixed moments, whether or not the last answer has come, and counts from those moments. It answers the first
// message with the times that it saw, in milliseconds, and how many were not answered well.
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { url, every, asks } = workerData;
const patience = 35_000, mostOpen = 500;
const agent = new Agent({ keepAlive: true });
const times = Object.fromEntries(asks.map(({ key }) => [key, []]));
const failed = Object.fromEntries(asks.map(({ key }) => [key, 0]));
let open = 0;
let stopped = false;
parentPort.once('message', () => { stopped = true; });

function ask({ key, method = 'GET', path, body }, due) {
  open++;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  return new Promise(resolve => {
    const end = good => {
      open--;
      times[key].push(performance.now() - due);
      if (!good) failed[key]++;
      resolve();
    };
    const sent = request(url + path, { agent, method, headers, timeout: patience }, response => {
      response.resume().on('end', () => end(response.statusCode === 200)).on('error', () => end(false));
    });
    sent.on('timeout', () => sent.destroy(new Error('too late'))).on('error', () => end(false)).end(text);
  });
}

const running = [];
for (let due = performance.now(); !stopped; due += every) {
  await sleep(Math.max(0, due - performance.now()));
  for (const one of asks) if (open < mostOpen) running.push(ask(one, due));
}
await Promise.all(running);
agent.destroy();
parentPort.postMessage({ times, failed });

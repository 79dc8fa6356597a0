// The thread that asks for one record again and again while sign-ins are measured; it answers the first message with the times that it saw.
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const pause = 5;
const agent = new Agent({ keepAlive: true });
const times = [];
let stopped = false;
parentPort.once('message', () => { stopped = true; });

const ask = () => new Promise((resolve, reject) => {
  get(workerData.url, { agent }, response => {
    if (response.statusCode !== 200) reject(new Error(`The record answered ${response.statusCode}`));
    response.resume().on('end', resolve).on('error', reject);
  }).on('error', reject);
});

while (!stopped) {
  const began = performance.now();
  await ask();
  times.push(performance.now() - began);
  await sleep(Math.max(0, pause - (performance.now() - began)));
}
agent.destroy();
parentPort.postMessage(times);

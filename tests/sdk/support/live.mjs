// Subscriptions of SDK clients whose events a test waits for.
import { setTimeout as sleep } from 'node:timers/promises';
import { EventSource } from 'eventsource';

globalThis.EventSource ??= EventSource;

const patienceMs = 60_000; // a test machine may be busy with other things
const closed = [];

/** Subscribes and gives a list that fills with the events. `next(n)` waits for n events and takes them; `none()` proves that nothing waits. */
export async function listen(service, topic, options) {
  const events = [];
  const end = await service.subscribe(topic, e => events.push(e), options);
  closed.push(end);
  return {
    events,
    end,
    async next(count = 1) {
      for (const deadline = Date.now() + patienceMs; events.length < count;) {
        if (Date.now() > deadline) throw new Error(`${events.length} of ${count} events on ${topic}: ${JSON.stringify(events)}`);
        await sleep(5);
      }
      return events.splice(0, count);
    },
  };
}

/** Ends every subscription of this file, so that the test process can end. */
export async function endAll() {
  await Promise.allSettled(closed.splice(0).map(end => end()));
}

/** An event in short: what was done to which title. */
export const short = e => `${e.action} ${e.record.title}`;

import { useSyncExternalStore } from 'react';

let connected = true;
const listeners = new Set<() => void>();

const change = (now: boolean) => {
  if (connected === now) return;
  connected = now;
  for (const listener of listeners) listener();
};

/** An answer came, so the server is there. */
export const answered = () => change(true);

/** No answer came. */
export const unanswered = () => change(false);

/** Listens to the connection being lost and coming back. Returns how to end listening. */
export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the last request was answered. */
export const isConnected = () => connected;

/** The same for components. */
export const useConnected = () => useSyncExternalStore(onConnection, isConnected);

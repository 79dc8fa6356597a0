import PocketBase, { ClientResponseError } from 'pocketbase';

/** The one door to the server: the official SDK, at the address that this page came from. */
export const pb = new PocketBase(new URL('../', location.origin + location.pathname).href.replace(/\/$/, ''));
pb.autoCancellation(false);

const expiredListeners = new Set<() => void>();

/** Calls back when the server no longer takes the sign-in, so that the shell can ask for it over the open page. Returns how to end listening. */
export function onExpired(listener: () => void): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

pb.afterSend = (response, data) => {
  if (response.status === 401 && pb.authStore.token) for (const listener of expiredListeners) listener();
  return data;
};

export { ClientResponseError };

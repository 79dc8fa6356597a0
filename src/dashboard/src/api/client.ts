import PocketBase, { ClientResponseError, LocalAuthStore } from 'pocketbase';
import { answered, unanswered } from './connection';
import type { Transport } from './transport';

/**
 * Where the sign-in is kept in this browser. Not under the SDK's usual name: an app at the same address keeps its own users' there, and would act with a
 * superuser's rights, or end the superuser's sign-in with its own.
 */
const keptAs = 'hearth.superuser';

/** The one door to the server: the official SDK, at the address that this page came from. */
export const pb = new PocketBase(new URL('../', location.origin + location.pathname).href.replace(/\/$/, ''), new LocalAuthStore(keptAs));
pb.autoCancellation(false);

const expiredListeners = new Set<() => void>();

/** Calls back when the server no longer takes the sign-in, so that the shell can ask for it over the open page. Returns how to end listening. */
export function onExpired(listener: () => void): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

/** Says that the sign-in has ended. */
export function tellExpired(): void {
  for (const listener of expiredListeners) listener();
}

// Without a valid token a superuser is taken for a guest: some addresses answer 401, others 403 or 404.
const lookAgain = async () => {
  if (!pb.authStore.isValid) return tellExpired();
  const { data } = await pb.health.check();
  if (pb.authStore.isSuperuser && Object.keys(data).length === 0) tellExpired();
};

pb.beforeSend = (url, options) => ({ url, options: { ...options, fetch: watched(options.fetch ?? fetch) } });

/** Sends by `send`, and tells the banner whether an answer came at all. */
function watched(send: Transport): Transport {
  return async (url, config) => {
    try {
      const response = await send(url, config);
      if (response.status === 502 || response.status === 504) unanswered();
      else answered();
      return response;
    } catch (error) {
      if (!config?.signal?.aborted) unanswered();
      throw error;
    }
  };
}

pb.afterSend = (response, data) => {
  if (!pb.authStore.token || response.url.includes('/auth-with-')) return data;
  if (response.status === 401) tellExpired();
  else if (response.status === 403) lookAgain().catch(() => {});
  return data;
};

export { ClientResponseError };

import PocketBase, { BaseAuthStore, type SendOptions } from 'pocketbase';
import { pb } from './client';

/** What came back from a request that was made to see what comes back. */
export interface Tried {
  status: number;
  /** Until the whole answer was here, in ms. */
  took: number;
  bytes: number;
  /** The answer as it came, cut at what a page can show. */
  body: string;
  cut: boolean;
  /** The log entry that has the journey, when the server kept one. */
  entry?: string;
}

const shown = 200_000;

const journeyToken = async () => (await pb.send<{ token: string }>('/api/logs/journey-token', { method: 'POST' })).token;

/**
 * Asks the server something with the token of somebody (none: a guest), apart from who is signed in here, and keeps what came back whatever it is.
 * Where the journey is wanted too, a token of a minute goes along that proves no right but to ask for it: proxies write the header down that carries it.
 */
export async function tryRequest(path: string, options: SendOptions, token: string, journey: boolean): Promise<Tried> {
  const store = new BaseAuthStore();
  if (token) store.save(token);
  const client = new PocketBase(pb.baseURL, store);
  client.autoCancellation(false);
  const tried: Tried = { status: 0, took: 0, bytes: 0, body: '', cut: false };
  const wanted: Record<string, string> = journey ? { 'X-Hearth-Journey': token === pb.authStore.token ? '1' : await journeyToken() } : {};
  const started = performance.now();
  const asked: SendOptions = {
    ...options,
    headers: { ...options.headers, ...wanted },
    fetch: async (url, config) => {
      const response = await fetch(url, config);
      const text = await response.clone().text();
      tried.status = response.status;
      tried.took = performance.now() - started;
      tried.bytes = new TextEncoder().encode(text).length;
      tried.body = text.slice(0, shown);
      tried.cut = text.length > shown;
      tried.entry = response.headers.get('X-Hearth-Journey') ?? undefined;
      return response;
    },
  };
  try {
    await client.send(path, asked);
  } catch (error) {
    if (tried.status === 0) throw error; // no answer came at all
  }
  return tried;
}

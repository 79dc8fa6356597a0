// Uses the types that openapi-typescript made from the document; tests/sdk/clients compiles and runs it.
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

export type Session = components['schemas']['sessions'];

function held<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Adds, lists, changes, views and removes a record; gives its titles on the way. */
export async function crud(baseUrl: string): Promise<string[]> {
  const api = createClient<paths>({ baseUrl });
  const made: Session = held(await api.POST('/api/collections/sessions/records', { body: { title: 'one', seats: 3, kind: 'talk', tags: ['a', 'b'] } }));
  const page = held(await api.GET('/api/collections/sessions/records', { params: { query: { filter: `id = "${made.id}"`, perPage: 5 } } }));
  const path = { id: made.id };
  const changed = held(await api.PATCH('/api/collections/sessions/records/{id}', { params: { path }, body: { title: 'two' } }));
  const seen = held(await api.GET('/api/collections/sessions/records/{id}', { params: { path, query: { fields: 'id,title' } } }));
  const gone = await api.DELETE('/api/collections/sessions/records/{id}', { params: { path } });
  const missing = await api.GET('/api/collections/sessions/records/{id}', { params: { path } });
  if (gone.response.status !== 204 || missing.response.status !== 404) throw new Error(`${gone.response.status} ${missing.response.status}`);
  const kind: 'talk' | 'workshop' | '' = made.kind;
  return [made.title, String(page.items[0].seats), kind, changed.title, seen.title];
}

/** Signs in, adds an authenticator app, and signs in with both; gives who that was. */
export async function secondFactor(baseUrl: string, identity: string, password: string, code: (secret: string, later: number) => string): Promise<string> {
  const api = createClient<paths>({ baseUrl });
  const first = held(await api.POST('/api/collections/users/auth-with-password', { body: { identity, password } }));
  const headers = { Authorization: first.token };
  const { secret } = held(await api.POST('/api/collections/users/totp/begin', { headers, body: { password } }));
  await api.POST('/api/collections/users/totp/confirm', { headers, body: { code: code(secret, 0) } });
  const asked = await api.POST('/api/collections/users/auth-with-password', { body: { identity, password } });
  if (asked.response.status !== 401 || !asked.error || !('mfaId' in asked.error)) throw new Error(`${asked.response.status}`);
  const done = held(await api.POST('/api/collections/users/auth-with-totp', { body: { mfaId: asked.error.mfaId, code: code(secret, 1) } }));
  return done.record.id;
}

/** Uploads a file with a new record and reads it back. */
export async function upload(baseUrl: string, text: string): Promise<string> {
  const api = createClient<paths>({ baseUrl });
  const file = new File([text], 'hello.txt', { type: 'text/plain' });
  const record = held(await api.POST('/api/collections/mails/records', {
    body: { subject: 'With a file', paper: file as unknown as string },
    bodySerializer(body) {
      const form = new FormData();
      for (const [name, value] of Object.entries(body ?? {})) form.append(name, value as string | Blob);
      return form;
    },
  }));
  const read = held(await api.GET('/api/files/{collection}/{recordId}/{filename}', { params: { path: { collection: 'mails', recordId: record.id, filename: record.paper } }, parseAs: 'text' }));
  return read as string;
}

// Uses the types that pocketbase-typegen made; tests/sdk/clients compiles and runs it.
import PocketBase from 'pocketbase';
import { Collections, SessionsKindOptions, type MailsResponse, type SessionsResponse, type TypedPocketBase } from './pocketbase-types.js';

/** Adds a session and reads it back. */
export async function titles(url: string): Promise<string[]> {
  const pb = new PocketBase(url) as TypedPocketBase;
  const made: SessionsResponse = await pb.collection(Collections.Sessions).create({ title: 'typed', seats: 3, kind: SessionsKindOptions.talk });
  const one = await pb.collection('sessions').getOne(made.id);
  const mails: MailsResponse[] = await pb.collection('mails').getFullList();
  await pb.collection('sessions').delete(one.id);
  return [one.title, String((one.seats ?? 0) + mails.length)];
}

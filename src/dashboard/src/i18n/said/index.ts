import i18next from 'i18next';
import { type Book, faultIn, sentenceIn } from './phrases';

/** Books of what the server says, by language. English needs none: the server speaks it. */
const books: Record<string, () => Promise<{ default: Book }>> = { de: () => import('./de') };
const read = new Map<string, Book>();

/** Loads what the server says in a language; without it the server's English stands. */
export async function readBook(language: string): Promise<void> {
  const load = books[language];
  if (!load || read.has(language)) return;
  read.set(language, (await load()).default);
}

/** A sentence of the server in the viewer's language; the server's own words where there are none. */
export function said(text: string): string {
  const book = read.get(i18next.language);
  return (book && sentenceIn(book, text)) ?? text;
}

/** What the server finds wrong with a field, in the viewer's language; the server's own words where there are none. */
export function saidOf(fault: { code?: unknown; message: string; params?: unknown }): string {
  const book = read.get(i18next.language);
  if (!book) return fault.message;
  const params = typeof fault.params === 'object' && fault.params !== null ? { ...fault.params } : {};
  return (
    (typeof fault.code === 'string' ? faultIn(book, fault.code, fault.message, params) : undefined) ??
    sentenceIn(book, fault.message) ??
    fault.message
  );
}

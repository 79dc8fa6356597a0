/** A sentence of the server, with `{{name}}` where it puts something in, and what it is in the language of the book. */
export type Phrase = readonly [server: string, here: string];

/** What the server says, in another language. */
export interface Book {
  /** By the code of what is wrong with a field. */
  faults: Record<string, readonly Phrase[]>;
  /** Sentences without a code. */
  sentences: readonly Phrase[];
  /** What stands within sentences, such as "3 records"; for placeholders whose names begin with `part`. */
  parts: readonly Phrase[];
}

interface Pattern {
  match: RegExp;
  names: string[];
  here: string;
  /** How much of it is fixed: of two that fit, the one that says more is meant. */
  fixed: number;
}

/** Longer ones are not looked up: what fits in between could be sought for too long. */
const longest = 2_000;

const patterns = new WeakMap<readonly Phrase[], Pattern[]>();
const placeholder = /\{\{(\w+)\}\}/g;
const withoutStop = (text: string) => text.replace(/\.$/, '');
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function patternsOf(phrases: readonly Phrase[]): Pattern[] {
  const known = patterns.get(phrases);
  if (known) return known;
  const made = phrases.map(([server, here]) => {
    const fixed = withoutStop(server).split(/\{\{\w+\}\}/);
    return {
      match: new RegExp(`^${fixed.map(escaped).join('([\\s\\S]*?)')}$`),
      names: [...server.matchAll(placeholder)].map((found) => found[1] as string),
      here,
      fixed: fixed.join('').length,
    };
  });
  // What is said around another sentence is taken off first.
  const around = ({ here }: Pattern) => Number(here.startsWith('{{why}}') && here.length > '{{why}}'.length);
  made.sort((a, b) => around(b) - around(a) || b.fixed - a.fixed);
  patterns.set(phrases, made);
  return made;
}

/** The sentence in the language of the book; undefined when the book has none that fits. */
export function sentenceIn(book: Book, text: string): string | undefined {
  return found(book, book.sentences, text);
}

/** What is wrong with a field, in the language of the book. What it is about is taken from the sentence, or else from the parameters. */
export function faultIn(book: Book, code: string, text: string, params: Record<string, unknown>): string | undefined {
  const phrases = book.faults[code];
  if (!phrases) return undefined;
  return found(book, phrases, text) ?? given(book, phrases, params);
}

function found(book: Book, phrases: readonly Phrase[], text: string): string | undefined {
  if (text.length > longest) return undefined;
  const bare = withoutStop(text.trim());
  for (const { match, names, here } of patternsOf(phrases)) {
    const values = match.exec(bare)?.slice(1);
    if (!values) continue;
    const said = filled(book, here, new Map(names.map((name, i) => [name, values[i] ?? ''])));
    if (bare === text.trim()) return withoutStop(said);
    return /[.?!…]$/.test(said) ? said : `${said}.`;
  }
  return undefined;
}

function given(book: Book, phrases: readonly Phrase[], params: Record<string, unknown>): string | undefined {
  const values = new Map(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const fits = patternsOf(phrases).find(({ names }) => names.length > 0 && names.every((name) => values.has(name)));
  return fits && filled(book, fits.here, values);
}

const filled = (book: Book, text: string, values: Map<string, string>) =>
  text.replace(placeholder, (_, name: string) => {
    const value = values.get(name) ?? '';
    if (name === 'why') return sentenceIn(book, value) ?? value;
    return name.startsWith('part') ? (found(book, book.parts, value) ?? value) : value;
  });

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources of the server, for the test that asks whether everything it says has words. Not part of the page. */
const server = fileURLToPath(new URL('../../../../Hearth', import.meta.url));

/** A text in C#, in pieces: what stands there, and the expressions that are put in. */
type Piece = { text: string } | { hole: string };

export interface Found {
  file: string;
  /** As a person would read it, with something put in for every expression. */
  sentence: string;
  /** What the call was looked for with: its first group. */
  code?: string;
}

const files = (folder: string): string[] =>
  readdirSync(join(server, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.cs') && !/(^|\/)(obj|bin)\//.test(name));

/** Every code of something wrong with a field. */
export function codes(): string[] {
  const found = files('.').flatMap((file) =>
    [...readFileSync(join(server, file), 'utf8').matchAll(/"((?:validation|batch|server)_\w+)"/g)].map(([, code]) => code as string),
  );
  return [...new Set(found)].sort();
}

/** The sentences that stand right behind one of these calls, in these folders. */
export function sentences(calls: RegExp, folders: string[] = ['.']): Found[] {
  return folders.flatMap(files).flatMap((file) => {
    const source = readFileSync(join(server, file), 'utf8');
    return [...source.matchAll(calls)].flatMap((call) => {
      const pieces = textAt(source, call.index + call[0].length);
      return pieces ? spoken(pieces).map((sentence) => ({ file, sentence, code: call[1] })) : [];
    });
  });
}

/** The text that begins here; undefined when something else does. */
function textAt(source: string, start: number): Piece[] | undefined {
  const withHoles = source[start] === '$';
  let at = withHoles ? start + 1 : start;
  if (source[at] !== '"' || source.startsWith('"""', at)) return undefined;
  at++;
  const pieces: Piece[] = [];
  let text = '';
  while (source[at] !== '"') {
    if (source[at] === '\\') {
      text += source[at + 1] === 'n' ? '\n' : source[at + 1];
      at += 2;
    } else if (withHoles && source[at] === '{') {
      const end = endOfHole(source, at);
      pieces.push({ text }, { hole: source.slice(at + 1, end) });
      text = '';
      at = end + 1;
    } else {
      text += source[at++];
    }
  }
  return [...pieces, { text }];
}

function endOfHole(source: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    if (source[at] === '"') at = source.indexOf('"', at + 1);
    else if (source[at] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at;
  }
}

/** All that may be read: of a choice between two texts both, of a number of things one and two. */
function spoken(pieces: Piece[]): string[] {
  return pieces.reduce<string[]>(
    (before, piece) => before.flatMap((text) => ('text' in piece ? [piece.text] : put(piece.hole)).map((next) => text + next)),
    [''],
  );
}

function put(hole: string): string[] {
  const texts = [...hole.matchAll(/"([^"]*)"/g)].map(([, text]) => text as string);
  if (hole.startsWith('Suggestion.')) return ['', '; did you mean "other"?'];
  if (hole.startsWith('Count(')) return [`1 ${texts[0]}`, `2 ${texts[1] ?? `${texts[0]}s`}`];
  return hole.includes('?') && texts.length === 2 ? texts : ['thing'];
}

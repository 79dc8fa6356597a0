/** Kinds of pieces in the text of a rule or filter (the same as the server's lexer has). */
export type TokenKind = 'comment' | 'text' | 'number' | 'name' | 'operator' | 'join' | 'open' | 'close' | 'comma' | 'blank' | 'broken';

/** One piece of a rule or filter. */
export interface Token {
  kind: TokenKind;
  text: string;
  from: number;
  to: number;
}

// A backslash takes its next character along. Unclosed texts count, because somebody is writing them.
const patterns: [TokenKind, string][] = [
  ['blank', '\\s+'],
  ['comment', '//.*'],
  ['text', '"(?:\\\\[^]|[^"\\\\])*"?|\'(?:\\\\[^]|[^\'\\\\])*\'?'],
  ['number', '-?\\d+(?:\\.\\d+)?(?![\\w.])'],
  ['name', '[A-Za-z_@#][\\w.:]*'],
  ['join', '&&|\\|\\|'],
  ['operator', '\\??(?:!=|!~|>=|<=|=|>|<|~)'],
  ['open', '\\('],
  ['close', '\\)'],
  ['comma', ','],
  ['broken', '[^]'],
];

const kinds = patterns.map(([kind]) => kind);
const all = new RegExp(patterns.map(([, pattern]) => `(${pattern})`).join('|'), 'y');

/** The piece that starts at an offset; undefined at the end of the text. */
export function tokenAt(text: string, from: number): Token | undefined {
  all.lastIndex = from;
  const match = all.exec(text);
  if (!match) return undefined;
  const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? 'broken';
  return { kind, text: match[0], from, to: from + match[0].length };
}

/** All pieces but blanks and comments. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.to)) {
    if (token.kind !== 'blank' && token.kind !== 'comment') tokens.push(token);
  }
  return tokens;
}

/** Whether a text token has its closing quote. */
export function isClosed(token: Token): boolean {
  if (token.text.length < 2 || token.text.at(-1) !== token.text[0]) return false;
  const slashes = /\\*$/.exec(token.text.slice(0, -1))?.[0].length ?? 0;
  return slashes % 2 === 0;
}

import { StreamLanguage } from '@codemirror/language';
import { type TokenKind, tokenAt } from './tokens';

const colours: Partial<Record<TokenKind, string>> = {
  comment: 'comment',
  text: 'string',
  number: 'number',
  operator: 'operatorKeyword',
  join: 'keyword',
  broken: 'invalid',
};

/** Colours for rules and filters. */
export const ruleLanguage = StreamLanguage.define<{ quote: string }>({
  name: 'rule',
  startState: () => ({ quote: '' }),
  token(stream, state) {
    // A text may go on over several lines.
    if (state.quote) {
      for (let char = stream.next(); char; char = stream.next()) {
        if (char === '\\') stream.next();
        else if (char === state.quote) {
          state.quote = '';
          break;
        }
      }
      return 'string';
    }
    const token = tokenAt(stream.string, stream.pos);
    if (!token) {
      stream.skipToEnd();
      return null;
    }
    stream.pos = token.to;
    if (token.kind === 'text' && (token.text.length === 1 || token.text.at(-1) !== token.text[0])) state.quote = token.text.charAt(0);
    if (token.kind !== 'name') return colours[token.kind] ?? null;
    if (/^(true|false|null)$/i.test(token.text)) return 'bool';
    return token.text.startsWith('@') || stream.peek() === '(' ? 'keyword' : 'variableName';
  },
  languageData: { commentTokens: { line: '//' }, closeBrackets: { brackets: ['(', '"', "'"] } },
});

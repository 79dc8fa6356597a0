import type { Json } from './samples';

/** How a language writes values down. */
interface Style {
  text: (value: string) => string;
  nothing: string;
  list: (parts: string[], pad: string) => string;
  map: (parts: [string, string][], pad: string) => string;
}

const json = (value: string) => JSON.stringify(value);
const lines = (open: string, parts: string[], close: string, pad: string) =>
  parts.length ? `${open}\n${parts.map((part) => `${pad}  ${part},`).join('\n')}\n${pad}${close}` : `${open}${close}`;
const isName = (key: string) => /^[A-Za-z_$][\w$]*$/.test(key);

// Words of C# that cannot be names as they are.
const words = new Set([
  'base',
  'bool',
  'class',
  'default',
  'event',
  'in',
  'is',
  'new',
  'null',
  'object',
  'operator',
  'params',
  'private',
  'public',
  'ref',
  'string',
  'this',
  'virtual',
]);

const single = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

const styles = {
  js: {
    text: single,
    nothing: 'null',
    list: (parts) => `[${parts.join(', ')}]`,
    map: (parts, pad) =>
      lines(
        '{',
        parts.map(([key, value]) => `${isName(key) ? key : single(key)}: ${value}`),
        '}',
        pad,
      ),
  },
  // A dollar in a text of Dart would begin an expression.
  dart: {
    text: (value) => single(value).replaceAll('$', '\\$'),
    nothing: 'null',
    list: (parts) => `[${parts.join(', ')}]`,
    map: (parts, pad) =>
      lines(
        '{',
        parts.map(([key, value]) => `${single(key).replaceAll('$', '\\$')}: ${value}`),
        '}',
        pad,
      ),
  },
  csharp: {
    text: json,
    nothing: 'null',
    list: (parts) => `new[] { ${parts.join(', ')} }`,
    map: (parts, pad) =>
      `new\n${pad}${lines(
        '{',
        parts.map(([key, value]) => `${words.has(key) ? '@' : ''}${key} = ${value}`),
        '}',
        pad,
      )}`,
  },
} satisfies Record<string, Style>;

/** The languages in which values are written as the language does; curl sends JSON. */
export type Written = keyof typeof styles;

/** A value in the way of a language, over several lines; `pad` stands before all but the first. */
export function literal(value: Json, language: Written, pad = ''): string {
  const style: Style = styles[language];
  if (value === null) return style.nothing;
  if (typeof value === 'string') return style.text(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return style.list(
      value.map((part) => literal(part, language, pad)),
      pad,
    );
  return style.map(
    Object.entries(value).map(([key, part]) => [key, literal(part, language, `${pad}  `)]),
    pad,
  );
}

/** A text within single quotes of a shell. */
export const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

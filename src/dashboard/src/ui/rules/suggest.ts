import { fieldAt, type RuleField, type RuleScope, stepsAfter } from './schema';
import { isClosed, type Token, tokensOf } from './tokens';

/** Something that may be written at a place. */
export interface Suggestion {
  /** What is inserted. */
  text: string;
  /** The kind of it, such as the type of a field, or `now`, `value`, `operator`. */
  kind: string;
  /** Higher comes first; 0 when not given. */
  boost?: number;
}

/** What may be written between two places of the text. */
export interface Suggestions {
  from: number;
  to: number;
  options: Suggestion[];
}

const moments = ['@now', '@todayStart', '@todayEnd', '@yesterday', '@tomorrow', '@monthStart', '@monthEnd', '@yearStart', '@yearEnd'];
const parts = ['@second', '@minute', '@hour', '@day', '@weekday', '@month', '@year'];
const numeric = ['=', '!=', '>', '>=', '<', '<='];
const operators: Record<string, string[]> = {
  number: numeric,
  date: numeric,
  autodate: numeric,
  bool: ['=', '!='],
  relation: ['=', '!=', '?=', '?!='],
  select: ['=', '!=', '?=', '~', '!~'],
};
const others = ['=', '!=', '~', '!~', '>', '>=', '<', '<=', '?=', '?!=', '?~', '?!~', '?>', '?>=', '?<', '?<='];

/** What may be written at an offset of a rule or filter; undefined when there is nothing to offer. */
export function suggest(text: string, at: number, scope: RuleScope): Suggestions | undefined {
  const tokens = tokensOf(text);
  const index = tokens.findIndex(({ from, to }) => from < at && at <= to);
  const here = tokens[index];
  const before = tokens.slice(0, index < 0 ? tokens.filter(({ to }) => to <= at).length : index);
  if (here?.kind === 'text') return isClosed(here) && at === here.to ? undefined : values(here, fieldLeftOf(before, scope));
  if (here?.kind === 'name') return expected(before) === 'operand' ? names(here, at, before, scope) : undefined;
  if (here?.kind === 'number' || here?.kind === 'broken') return undefined;
  const all = here ? [...before, here] : before;
  if (expected(all) === 'operand') return names({ kind: 'name', text: '', from: at, to: at }, at, all, scope);
  const options = expected(all) === 'operator' ? operatorsFor(fieldOf(all.at(-1), scope)) : ['&&', '||'];
  return { from: at, to: at, options: options.map((one, i) => ({ text: one, kind: 'operator', boost: -i })) };
}

/** What the grammar wants after some pieces. */
function expected(before: Token[]): 'operand' | 'operator' | 'join' {
  const last = before.at(-1);
  if (!last || ['open', 'join', 'operator', 'comma'].includes(last.kind)) return 'operand';
  const start = startOfOperand(before);
  if (start === undefined) return 'join';
  return before[start - 1]?.kind === 'operator' ? 'join' : 'operator';
}

/** Where the operand starts that ends the pieces; undefined when a group ends them. */
function startOfOperand(before: Token[]): number | undefined {
  let i = before.length - 1;
  if (before[i]?.kind !== 'close') return i;
  for (let depth = 0; i >= 0; i--) {
    if (before[i]?.kind === 'close') depth++;
    else if (before[i]?.kind === 'open' && --depth === 0) break;
  }
  const [call, open] = [before[i - 1], before[i]];
  return call?.kind === 'name' && open?.from === call.to ? i - 1 : undefined;
}

const fieldOf = (token: Token | undefined, scope: RuleScope) => (token?.kind === 'name' ? fieldAt(token.text, scope) : undefined);

/** The field that the value being written is compared with. */
const fieldLeftOf = (before: Token[], scope: RuleScope) => (before.at(-1)?.kind === 'operator' ? fieldOf(before.at(-2), scope) : undefined);

function values(here: Token, field: RuleField | undefined): Suggestions | undefined {
  if (!field?.values?.length) return undefined;
  return { from: here.from, to: here.to, options: field.values.map((value) => ({ text: JSON.stringify(value), kind: 'value' })) };
}

function names(here: Token, at: number, before: Token[], scope: RuleScope): Suggestions {
  const typed = here.text.slice(0, at - here.from);
  const cut = Math.max(typed.lastIndexOf('.'), typed.lastIndexOf(':')) + 1;
  const from = here.from + cut;
  const path = typed.slice(0, cut).split('.').slice(0, -1);
  if (typed[cut - 1] === ':') return { from, to: here.to, options: modifiers(typed.slice(0, cut - 1), scope) };
  const steps = stepsAfter(path, scope);
  const options: Suggestion[] = steps.map(({ name, type, leads }) => ({
    text: leads && type !== 'relation' && type !== 'json' ? `${name}.` : name,
    kind: type,
    boost: 1,
  }));
  return { from, to: here.to, options: cut > 0 ? options : [...literals(fieldLeftOf(before, scope)), ...options, ...roots(scope)] };
}

/** Values that fit the field on the left. */
function literals(field: RuleField | undefined): Suggestion[] {
  if (!field) return [];
  const of = (texts: string[], kind: string) => texts.map((text, i) => ({ text, kind, boost: 20 - i }));
  if (field.values)
    return of(
      field.values.map((value) => JSON.stringify(value)),
      'value',
    );
  if (field.type === 'bool') return of(['true', 'false'], 'value');
  if (field.type === 'date' || field.type === 'autodate') return of(moments.slice(0, 4), 'now');
  if (field.type === 'relation') return of(['@request.auth.id'], 'account');
  return [];
}

function roots(scope: RuleScope): Suggestion[] {
  const of = (texts: string[], kind: string, boost: number) => texts.map((text) => ({ text, kind, boost }));
  return [
    ...(scope.request ? [...of(['@request.auth.id'], 'account', 0), ...of(['@request.', '@collection.'], 'request', -1)] : []),
    ...of(['true', 'false', 'null'], 'value', -2),
    ...of(moments, 'now', -3),
    ...of(parts, 'now', -4),
    ...of(['geoDistance(', 'strftime('], 'function', -5),
  ];
}

function modifiers(name: string, scope: RuleScope): Suggestion[] {
  const of = (texts: string[]) => texts.map((text) => ({ text, kind: 'modifier' }));
  if (/^@collection\.\w+$/.test(name)) return [];
  if (name.startsWith('@request.body.')) return of(['isset', 'changed', 'length', 'each', 'lower']);
  if (name.startsWith('@request.query.') || name.startsWith('@request.headers.')) return of(['isset', 'lower']);
  const field = fieldAt(name, scope);
  return of(field && ['select', 'file', 'relation'].includes(field.type) ? ['length', 'each', 'lower'] : ['lower']);
}

function operatorsFor(field: RuleField | undefined): string[] {
  return (field && !field.multiple && operators[field.type]) || others;
}

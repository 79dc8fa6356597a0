import type { RuleComparison, RuleOperand } from '../tree';

/** How a comparison of two things is said. */
export type Relation =
  | 'is'
  | 'isNot'
  | 'empty'
  | 'notEmpty'
  | 'more'
  | 'atLeast'
  | 'less'
  | 'atMost'
  | 'later'
  | 'notEarlier'
  | 'earlier'
  | 'notLater'
  | 'contains'
  | 'containsNot'
  | 'like'
  | 'notLike';

/** What a language needs to be able to say. Phrases have no capital letter and no full stop. */
export interface Speech {
  nobody: string;
  everybody: string;
  everybodyPhrase: string;
  signedInPhrase: string;
  /** "Only …" */
  only(phrase: string): string;
  and(parts: string[]): string;
  or(parts: string[]): string;
  /** Several who's at once. */
  both(whos: string[]): string;
  whileSignedIn(who: string): string;
  where(who: string, clauses: string): string;
  alternatives(phrases: string[]): string;
  /** Who is named in a field; `one`: the field holds several. */
  named(path: string[], one: boolean): string;
  /** Who is named in a field of some record of a collection. */
  namedIn(collection: string, path: string[]): string;
  itself: string;
  accountsOf(collection: string): string;
  verified: string;
  accountsWhose(clause: (subject: string) => string): string;
  /** A who as a condition among others. */
  asks(who: string): string;
  signedIn: string;
  notSignedIn: string;
  /** A name, followed by what it belongs to: `['author', 'name']` is "name of author". */
  path(names: string[]): string;
  count(of: string): string;
  small(of: string): string;
  caller(path: string[]): string;
  sent(path: string[]): string;
  isSent(path: string[], yes: boolean): string;
  isChanged(path: string[], yes: boolean): string;
  fact(name: 'query' | 'headers' | 'method' | 'context', path: string[]): string;
  ofAny(collection: string, path: string[]): string;
  one(of: string): string;
  every(of: string): string;
  relate(left: string, relation: Relation, right: string): string;
  text(value: string): string;
  number(value: number): string;
  yes: string;
  no: string;
  emptyWord: string;
  moment(name: string): string;
  distance(from: string, to: string): string;
  place(lon: string, lat: string): string;
  written(time: string, format: string): string;
}

/** The relation of a comparison; dates have words of their own, and so has nothing. */
export function relationOf({ op, right }: RuleComparison, type: string | undefined): Relation {
  const nothing = right.kind === 'null' || (right.kind === 'text' && right.value === '');
  const time = type === 'date' || type === 'autodate' || (right.kind === 'now' && momentNames.has(right.name));
  const pattern = right.kind === 'text' && /(?<!\\)%/.test(right.value);
  if (op === '=') return nothing ? 'empty' : 'is';
  if (op === '!=') return nothing ? 'notEmpty' : 'isNot';
  if (op === '~') return pattern ? 'like' : 'contains';
  if (op === '!~') return pattern ? 'notLike' : 'containsNot';
  const plain: Relation[] = ['more', 'atLeast', 'less', 'atMost'];
  const dated: Relation[] = ['later', 'notEarlier', 'earlier', 'notLater'];
  const index = ['>', '>=', '<', '<='].indexOf(op);
  return (time ? dated : plain)[index] ?? 'is';
}

const momentNames = new Set(['@now', '@yesterday', '@tomorrow', '@todayStart', '@todayEnd', '@monthStart', '@monthEnd', '@yearStart', '@yearEnd']);

/** The comparison with its sides the other way round. */
export function turned(comparison: RuleComparison): RuleComparison {
  const opposite: Partial<Record<RuleComparison['op'], RuleComparison['op']>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };
  return { ...comparison, op: opposite[comparison.op] ?? comparison.op, left: comparison.right, right: comparison.left };
}

/** The names of a path for people: `comments_via_post` is `comments`. */
export const namesOf = (operand: RuleOperand): string[] =>
  'path' in operand ? operand.path.split('.').map((name) => name.replace(/_via_\w+$/, '')) : [];

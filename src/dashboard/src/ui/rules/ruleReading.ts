import { clauseOf, nounOf } from './reading/clauses';
import { english } from './reading/english';
import { german } from './reading/german';
import { namesOf, relationOf, type Speech, turned } from './reading/speech';
import { isGroup, type RuleComparison, type RuleNode } from './tree';

/** What one way through a rule asks for: who it is for, whether that must be signed in, and what else must hold. */
interface Meaning {
  whos: string[];
  signedIn: boolean;
  clauses: string[];
}

const speechOf = (language: string): Speech => (language.startsWith('de') ? german : english);

/** What a rule means, as one plain sentence. `rule`: its text, null for superusers only; `tree`: as the server read it. */
export function ruleReading(rule: string | null, tree: RuleNode | null, language: string): string {
  const speech = speechOf(language);
  if (rule === null) return finished(speech.nobody);
  if (!tree) return finished(speech.everybody);
  const meanings = alternativesOf(tree, speech);
  const phrases = meanings.map((meaning) => phraseOf(meaning, speech));
  const said = speech.alternatives(phrases);
  return finished(meanings.every(({ whos }) => whos.length > 0) ? speech.only(said) : said);
}

/** What a filter keeps, as a clause without a full stop, such as "views is more than 10". */
export function filterReading(tree: RuleNode, language: string): string {
  const speech = speechOf(language);
  return plain(tree, speech);
}

const finished = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** The ways in which a rule can hold; what differs only in who asks is one way. */
function alternativesOf(node: RuleNode, speech: Speech): Meaning[] {
  if (!isGroup(node) || node.op === 'and') return [meaningOf(node, speech)];
  const meanings = node.parts.map((part) => meaningOf(part, speech));
  const who = meanings.filter((one) => one.whos.length === 1 && one.clauses.length === 0 && !one.signedIn);
  const rest = meanings.filter((one) => !who.includes(one));
  if (who.length < 2) return meanings;
  return [...rest, { whos: [speech.or(who.flatMap(({ whos }) => whos))], signedIn: false, clauses: [] }];
}

function meaningOf(node: RuleNode, speech: Speech): Meaning {
  if (!isGroup(node)) return comparisonOf(node, speech);
  if (node.op === 'and') {
    const parts = node.parts.map((part) => meaningOf(part, speech));
    return {
      whos: parts.flatMap(({ whos }) => whos),
      signedIn: parts.some(({ signedIn }) => signedIn),
      clauses: parts.flatMap(({ clauses }) => clauses),
    };
  }
  const all = alternativesOf(node, speech);
  const [first] = all;
  if (all.length === 1 && first) return first;
  return { whos: [], signedIn: false, clauses: [`(${speech.or(all.map((one) => wholeClause(one, speech)))})`] };
}

/** A meaning as one condition among others. */
function wholeClause({ whos, signedIn, clauses }: Meaning, speech: Speech): string {
  return speech.and([...whos.map((who) => speech.asks(who)), ...(signedIn ? [speech.signedIn] : []), ...clauses]);
}

function phraseOf({ whos, signedIn, clauses }: Meaning, speech: Speech): string {
  const who = whos.length > 0 ? speech.both(whos) : signedIn ? speech.signedInPhrase : speech.everybodyPhrase;
  const said = signedIn && whos.length > 0 ? speech.whileSignedIn(who) : who;
  return clauses.length > 0 ? speech.where(said, speech.and(clauses)) : said;
}

function comparisonOf(comparison: RuleComparison, speech: Speech): Meaning {
  const who = whoOf(comparison, speech) ?? whoOf(turned(comparison), speech);
  if (who) return { whos: [who], signedIn: false, clauses: [] };
  const signedIn = asksForAccount(comparison) ?? asksForAccount(turned(comparison));
  if (signedIn === true) return { whos: [], signedIn: true, clauses: [] };
  return { whos: [], signedIn: false, clauses: [signedIn === false ? speech.notSignedIn : clauseOf(comparison, speech)] };
}

/** True for "somebody is signed in", false for "nobody is". */
function asksForAccount({ op, left, right }: RuleComparison): boolean | undefined {
  if (left.kind !== 'caller' || left.path !== 'id') return undefined;
  if (right.kind !== 'null' && !(right.kind === 'text' && right.value === '')) return undefined;
  return op === '!=' ? true : op === '=' ? false : undefined;
}

/** Who a comparison is about, when it is about who asks and nothing else. */
function whoOf(comparison: RuleComparison, speech: Speech): string | undefined {
  const { op, left, right, any } = comparison;
  if (left.kind === 'caller' && left.path !== 'id' && ['text', 'number', 'bool', 'null'].includes(right.kind)) return accounts(comparison, speech);
  if (right.kind !== 'caller' || right.path !== 'id' || op !== '=') {
    const inList = op === '~' && right.kind === 'caller' && right.path === 'id' && left.kind === 'field' && left.many;
    return inList ? speech.named(namesOf(left), true) : undefined;
  }
  if (left.kind === 'collection' && any) return speech.namedIn(left.collection ?? '', namesOf(left));
  if (left.kind !== 'field' || (left.many && !any)) return undefined;
  const names = namesOf(left);
  if (names.length === 1 && names[0] === 'id') return speech.itself;
  return speech.named(names.at(-1) === 'id' ? names.slice(0, -1) : names, left.many === true);
}

function accounts(comparison: RuleComparison, speech: Speech): string {
  const { op, left, right } = comparison;
  const path = namesOf(left);
  if (op === '=' && left.kind === 'caller') {
    if (left.path === 'collectionName' && right.kind === 'text') return speech.accountsOf(right.value);
    if (left.path === 'verified' && right.kind === 'bool' && right.value) return speech.verified;
  }
  const relation = relationOf(comparison, 'type' in left ? left.type : undefined);
  return speech.accountsWhose(() => speech.relate(speech.path(path), relation, nounOf(right, speech)));
}

function plain(node: RuleNode, speech: Speech): string {
  if (!isGroup(node)) return clauseOf(node, speech);
  // Words bind no tighter than others, so what belongs together is put in brackets.
  const parts = node.parts.map((part) => (isGroup(part) ? `(${plain(part, speech)})` : plain(part, speech)));
  return node.op === 'and' ? speech.and(parts) : speech.or(parts);
}

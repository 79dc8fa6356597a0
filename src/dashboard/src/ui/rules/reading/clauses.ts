import type { RuleComparison, RuleOperand } from '../tree';
import { namesOf, relationOf, type Speech, turned } from './speech';

const isValue = ({ kind }: RuleOperand) => ['text', 'number', 'bool', 'null', 'now'].includes(kind);

/** A comparison as a clause, such as "views is more than 10". */
export function clauseOf(comparison: RuleComparison, speech: Speech): string {
  if (isValue(comparison.left) && !isValue(comparison.right) && !['~', '!~'].includes(comparison.op)) return clauseOf(turned(comparison), speech);
  const { left, right, any } = comparison;
  if (left.kind === 'request') {
    const yes = right.kind === 'bool' ? right.value === (comparison.op === '=') : true;
    const names = namesOf(left).slice(1);
    if (left.modifier === 'isset') return speech.isSent(names, yes);
    if (left.modifier === 'changed') return speech.isChanged(names, yes);
  }
  const type = 'type' in left ? left.type : undefined;
  return speech.relate(subject(left, any, speech), relationOf(comparison, type), nounOf(right, speech));
}

/** The left side, with "one of" or "every" where there are several values. */
function subject(operand: RuleOperand, any: boolean, speech: Speech): string {
  const noun = nounOf(operand, speech);
  if (operand.kind !== 'field' && operand.kind !== 'collection') return noun;
  const several = operand.modifier === 'each' || operand.kind === 'collection' || (operand.many && (operand.via?.length ?? 0) > 0);
  if (!several || operand.modifier === 'length') return noun;
  return any ? speech.one(noun) : speech.every(noun);
}

/** One side of a comparison as a noun. */
export function nounOf(operand: RuleOperand, speech: Speech): string {
  switch (operand.kind) {
    case 'text':
      return operand.value === '' ? speech.emptyWord : speech.text(operand.value.replace(/\\([%_\\])/g, '$1'));
    case 'number':
      return speech.number(operand.value);
    case 'bool':
      return operand.value ? speech.yes : speech.no;
    case 'null':
      return speech.emptyWord;
    case 'now':
      return speech.moment(operand.name);
    case 'function':
      return call(operand.name, operand.args, speech);
    case 'collection':
      return modified(operand.modifier, speech.ofAny(operand.collection ?? '', namesOf(operand)), speech);
    case 'caller':
      return modified(operand.modifier, speech.caller(namesOf(operand)), speech);
    case 'request':
      return modified(operand.modifier, request(namesOf(operand), speech), speech);
    default:
      return modified(operand.modifier, speech.path(namesOf(operand)), speech);
  }
}

function modified(modifier: string | undefined, noun: string, speech: Speech): string {
  if (modifier === 'length') return speech.count(noun);
  return modifier === 'lower' ? speech.small(noun) : noun;
}

function request([part, ...path]: string[], speech: Speech): string {
  if (part === 'query' || part === 'headers' || part === 'method' || part === 'context') return speech.fact(part, path);
  return speech.sent(path);
}

function call(name: string, args: RuleOperand[], speech: Speech): string {
  const nouns = args.map((argument) => nounOf(argument, speech));
  if (name === 'geoDistance') return speech.distance(pointOf(args.slice(0, 2), speech), pointOf(args.slice(2), speech));
  return speech.written(nouns[1] ?? speech.moment('@now'), args[0]?.kind === 'text' ? args[0].value : '');
}

/** Two numbers that are the parts of one place are that place. */
function pointOf([lon, lat]: RuleOperand[], speech: Speech): string {
  const [a, b] = [lon && namesOf(lon), lat && namesOf(lat)];
  if (a?.at(-1) === 'lon' && b?.at(-1) === 'lat' && a.slice(0, -1).join('.') === b.slice(0, -1).join('.')) return speech.path(a.slice(0, -1));
  return speech.place(lon ? nounOf(lon, speech) : '', lat ? nounOf(lat, speech) : '');
}

import { describe, expect, it } from 'vitest';
import { filterReading, ruleReading } from './ruleReading';
import type { RuleComparison, RuleNode, RuleOperand } from './tree';

const field = (path: string, type = 'text', more: object = {}): RuleOperand => ({ kind: 'field', path, collection: 'posts', type, ...more });
const caller = (path: string, type = 'text'): RuleOperand => ({ kind: 'caller', path, type });
const text = (value: string): RuleOperand => ({ kind: 'text', value });
const number = (value: number): RuleOperand => ({ kind: 'number', value });
const bool = (value: boolean): RuleOperand => ({ kind: 'bool', value });
const now = (name: string): RuleOperand => ({ kind: 'now', name });
const request = (path: string, modifier = ''): RuleOperand => ({ kind: 'request', path, modifier });
const is = (left: RuleOperand, op: RuleComparison['op'], right: RuleOperand, any = false): RuleComparison => ({ op, any, left, right });
const and = (...parts: RuleNode[]): RuleNode => ({ op: 'and', parts });
const or = (...parts: RuleNode[]): RuleNode => ({ op: 'or', parts });

const me = caller('id');
const author = is(field('author', 'relation', { target: 'users' }), '=', me);
const signedIn = is(me, '!=', text(''));
const open = is(field('status', 'select'), '=', text('open'));
const editor = is(caller('role', 'select'), '=', text('editor'));

const rules: [string, RuleNode, string, string][] = [
  ['author = me', author, 'Only the author.', 'Nur wer als „author“ eingetragen ist.'],
  ['me = author', is(me, '=', field('author', 'relation')), 'Only the author.', 'Nur wer als „author“ eingetragen ist.'],
  ['signed in and author', and(signedIn, author), 'Only the author, while signed in.', 'Nur wer als „author“ eingetragen ist, nach Anmeldung.'],
  ['signed in', signedIn, 'Anyone who is signed in.', 'Alle, die angemeldet sind.'],
  ['signed in by null', is(me, '!=', { kind: 'null', value: null }), 'Anyone who is signed in.', 'Alle, die angemeldet sind.'],
  ['guests', is(me, '=', text('')), 'Everybody where nobody is signed in.', 'Alle, wo niemand angemeldet ist.'],
  ['own account', is(field('id'), '=', me), 'Only the account itself.', 'Nur das Konto selbst.'],
  ['open', open, 'Everybody where status is “open”.', 'Alle, wo „status“ „open“ ist.'],
  [
    'signed in and open',
    and(signedIn, open),
    'Anyone who is signed in where status is “open”.',
    'Alle, die angemeldet sind, wo „status“ „open“ ist.',
  ],
  [
    'author and open',
    and(signedIn, author, open),
    'Only the author, while signed in, where status is “open”.',
    'Nur wer als „author“ eingetragen ist, nach Anmeldung, wo „status“ „open“ ist.',
  ],
  ['a role', editor, 'Only accounts whose role is “editor”.', 'Nur ein Konto, dessen „role“ „editor“ ist.'],
  [
    'author or editor',
    or(author, editor),
    'Only the author or accounts whose role is “editor”.',
    'Nur wer als „author“ eingetragen ist oder ein Konto, dessen „role“ „editor“ ist.',
  ],
  [
    'open or author',
    or(open, author),
    'Everybody where status is “open”; or the author.',
    'Alle, wo „status“ „open“ ist; oder wer als „author“ eingetragen ist.',
  ],
  [
    'signed in and (open or author)',
    and(signedIn, or(open, author)),
    'Anyone who is signed in where (status is “open” or the request comes from the author).',
    'Alle, die angemeldet sind, wo („status“ „open“ ist oder die Anfrage von dort kommt: wer als „author“ eingetragen ist).',
  ],
  [
    'among members',
    is(field('members', 'relation', { many: true }), '=', me, true),
    'Only who is among members.',
    'Nur wer unter „members“ eingetragen ist.',
  ],
  [
    'members contain me',
    is(field('members', 'relation', { many: true }), '~', me),
    'Only who is among members.',
    'Nur wer unter „members“ eingetragen ist.',
  ],
  [
    'owner of a project',
    is(field('project.owner', 'relation', { via: ['projects'] }), '=', me),
    'Only the owner of the project.',
    'Nur wer als „owner“ von „project“ eingetragen ist.',
  ],
  ['author.id', is(field('author.id'), '=', me), 'Only the author.', 'Nur wer als „author“ eingetragen ist.'],
  [
    'member elsewhere',
    is({ kind: 'collection', path: 'user', collection: 'members', many: true }, '=', me, true),
    'Only who is user of a record in members.',
    'Nur wer als „user“ in „members“ eingetragen ist.',
  ],
  ['verified', is(caller('verified', 'bool'), '=', bool(true)), 'Only accounts with a confirmed address.', 'Nur ein Konto mit bestätigter Adresse.'],
  ['of users', is(caller('collectionName'), '=', text('users')), 'Only accounts of users.', 'Nur ein Konto aus „users“.'],
  [
    'author who is verified',
    and(author, is(caller('verified', 'bool'), '=', bool(true))),
    'Only the author who is also one of the accounts with a confirmed address.',
    'Nur wer als „author“ eingetragen ist, zugleich ein Konto mit bestätigter Adresse.',
  ],
  [
    'role is not sent',
    and(author, is(request('body.role', 'isset'), '=', bool(false))),
    'Only the author where role is not sent.',
    'Nur wer als „author“ eingetragen ist, wo „role“ nicht gesendet wird.',
  ],
];

const filters: [RuleNode, string, string][] = [
  [is(field('views', 'number'), '>', number(1234.5)), 'views is more than 1,234.5', '„views“ größer als 1.234,5 ist'],
  [is(number(10), '<', field('views', 'number')), 'views is more than 10', '„views“ größer als 10 ist'],
  [is(field('title'), '~', text('new')), 'title contains “new”', '„title“ „new“ enthält'],
  [is(field('title'), '!~', text('draft')), 'title does not contain “draft”', '„title“ „draft“ nicht enthält'],
  [is(field('title'), '~', text('a%')), 'title looks like “a%”', '„title“ die Form „a%“ hat'],
  [is(field('city'), '=', text('')), 'city is empty', '„city“ leer ist'],
  [is(field('city'), '!=', { kind: 'null', value: null }), 'city is not empty', '„city“ nicht leer ist'],
  [
    is(field('created', 'autodate'), '>', now('@todayStart')),
    'created is later than the start of today',
    '„created“ nach Beginn des heutigen Tages liegt',
  ],
  [is(field('due', 'date'), '<=', text('2026-01-01')), 'due is not later than “2026-01-01”', '„due“ nicht nach „2026-01-01“ liegt'],
  [is(now('@now'), '>', field('due', 'date')), 'due is earlier than now', '„due“ vor jetzt liegt'],
  [is(field('author.name', 'text', { via: ['users'] }), '=', text('Ann')), 'name of author is “Ann”', '„name“ von „author“ „Ann“ ist'],
  [
    is(field('tags', 'select', { many: true, modifier: 'each' }), '=', text('new'), true),
    'at least one tags is “new”',
    'mindestens ein „tags“ „new“ ist',
  ],
  [is(field('tags', 'select', { many: true, modifier: 'each' }), '=', text('new')), 'every tags is “new”', 'jedes „tags“ „new“ ist'],
  [
    is(field('tags', 'select', { many: true, modifier: 'length' }), '>', number(2)),
    'the number of tags is more than 2',
    'die Anzahl in „tags“ größer als 2 ist',
  ],
  [
    is(field('comments_via_post.hot', 'bool', { many: true, via: ['comments'] }), '=', bool(true), true),
    'at least one hot of comments is yes',
    'mindestens ein „hot“ von „comments“ ja ist',
  ],
  [is(field('title', 'text', { modifier: 'lower' }), '=', text('a')), 'title in small letters is “a”', '„title“ in Kleinbuchstaben „a“ ist'],
  [is(request('body.status', 'changed'), '=', bool(false)), 'status is left as it is', '„status“ gleich bleibt'],
  [is(request('query.key'), '=', text('x')), 'the parameter key is “x”', 'der Parameter „key“ „x“ ist'],
  [is(request('body.title'), '!=', text('')), 'the sent title is not empty', 'das gesendete „title“ nicht leer ist'],
  [
    is(
      { kind: 'function', name: 'geoDistance', args: [field('place.lon', 'number'), field('place.lat', 'number'), number(23.32), number(42.69)] },
      '<',
      number(25),
    ),
    'the distance from place to 23.32° east, 42.69° north in kilometres is less than 25',
    'der Abstand von „place“ zu 23,32° Ost, 42,69° Nord in Kilometern kleiner als 25 ist',
  ],
  [
    is({ kind: 'function', name: 'strftime', args: [text('%Y'), field('created', 'autodate')] }, '=', text('2025')),
    'created written as “%Y” is “2025”',
    '„created“ in der Form „%Y“ „2025“ ist',
  ],
  [is(field('team', 'relation'), '=', caller('team', 'relation')), 'team is team of who asks', '„team“ „team“ des anfragenden Kontos ist'],
  [
    and(open, or(is(field('views', 'number'), '>=', number(5)), is(field('hot', 'bool'), '=', bool(true)))),
    'status is “open” and (views is at least 5 or hot is yes)',
    '„status“ „open“ ist und („views“ mindestens 5 ist oder „hot“ ja ist)',
  ],
];

describe('what a rule means', () => {
  it.each(rules)('%s', (_, tree, english, german) => {
    expect(ruleReading('…', tree, 'en')).toBe(english);
    expect(ruleReading('…', tree, 'de')).toBe(german);
  });
  it.each([
    [null, 'Only superusers.', 'Nur Superuser.'],
    ['', 'Everybody, also without signing in.', 'Alle, auch ohne Anmeldung.'],
  ])('%j', (rule, english, german) => {
    expect(ruleReading(rule, null, 'en')).toBe(english);
    expect(ruleReading(rule, null, 'de')).toBe(german);
  });
});

describe('what a filter keeps', () => {
  it.each(filters)('%#', (tree, english, german) => {
    expect(filterReading(tree, 'en')).toBe(english);
    expect(filterReading(tree, 'de')).toBe(german);
  });
});

import type { Relation, Speech } from './speech';

const join = (parts: string[], word: string) => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`);

const quoted = (name: string) => `„${name}“`;
const path = (names: string[]) => names.toReversed().map(quoted).join(' von ');

const moments: Record<string, string> = {
  '@now': 'jetzt',
  '@yesterday': 'vor einem Tag',
  '@tomorrow': 'in einem Tag',
  '@todayStart': 'Beginn des heutigen Tages',
  '@todayEnd': 'Ende des heutigen Tages',
  '@monthStart': 'Beginn dieses Monats',
  '@monthEnd': 'Ende dieses Monats',
  '@yearStart': 'Beginn dieses Jahres',
  '@yearEnd': 'Ende dieses Jahres',
  '@second': 'die Sekunde jetzt',
  '@minute': 'die Minute jetzt',
  '@hour': 'die Stunde jetzt (UTC)',
  '@day': 'der Tag des Monats',
  '@weekday': 'der Wochentag (0 ist Sonntag)',
  '@month': 'der Monat',
  '@year': 'das Jahr',
};

// The verb stands last, as in "wo X größer als Y ist".
const words: Record<Relation, (left: string, right: string) => string> = {
  is: (left, right) => `${left} ${right} ist`,
  isNot: (left, right) => `${left} nicht ${right} ist`,
  empty: (left) => `${left} leer ist`,
  notEmpty: (left) => `${left} nicht leer ist`,
  more: (left, right) => `${left} größer als ${right} ist`,
  atLeast: (left, right) => `${left} mindestens ${right} ist`,
  less: (left, right) => `${left} kleiner als ${right} ist`,
  atMost: (left, right) => `${left} höchstens ${right} ist`,
  later: (left, right) => `${left} nach ${right} liegt`,
  notEarlier: (left, right) => `${left} nicht vor ${right} liegt`,
  earlier: (left, right) => `${left} vor ${right} liegt`,
  notLater: (left, right) => `${left} nicht nach ${right} liegt`,
  contains: (left, right) => `${left} ${right} enthält`,
  containsNot: (left, right) => `${left} ${right} nicht enthält`,
  like: (left, right) => `${left} die Form ${right} hat`,
  notLike: (left, right) => `${left} nicht die Form ${right} hat`,
};

/** Rules in German. */
export const german: Speech = {
  nobody: 'nur Superuser',
  everybody: 'alle, auch ohne Anmeldung',
  everybodyPhrase: 'alle',
  signedInPhrase: 'alle, die angemeldet sind',
  only: (phrase) => `nur ${phrase}`,
  and: (parts) => join(parts, 'und'),
  or: (parts) => join(parts, 'oder'),
  both: (whos) => whos.join(', zugleich '),
  whileSignedIn: (who) => `${who}, nach Anmeldung`,
  where: (who, clauses) => `${who}, wo ${clauses}`,
  alternatives: (phrases) => phrases.join('; oder '),
  named: (names, one) => (one ? `wer unter ${path(names)} eingetragen ist` : `wer als ${path(names)} eingetragen ist`),
  namedIn: (collection, names) => `wer als ${path(names)} in ${quoted(collection)} eingetragen ist`,
  itself: 'das Konto selbst',
  accountsOf: (collection) => `ein Konto aus ${quoted(collection)}`,
  verified: 'ein Konto mit bestätigter Adresse',
  accountsWhose: (clause) => `ein Konto, dessen ${clause('')}`,
  asks: (who) => `die Anfrage von dort kommt: ${who}`,
  signedIn: 'jemand angemeldet ist',
  notSignedIn: 'niemand angemeldet ist',
  path,
  count: (of) => `die Anzahl in ${of}`,
  small: (of) => `${of} in Kleinbuchstaben`,
  caller: (names) => (names.length === 1 && names[0] === 'id' ? 'das anfragende Konto' : `${path(names)} des anfragenden Kontos`),
  sent: (names) => `das gesendete ${path(names)}`,
  isSent: (names, yes) => `${path(names)} ${yes ? '' : 'nicht '}gesendet wird`,
  isChanged: (names, yes) => (yes ? `${path(names)} geändert wird` : `${path(names)} gleich bleibt`),
  fact: (name, names) =>
    ({
      query: `der Parameter ${quoted(names.join('.'))}`,
      headers: `die Kopfzeile ${quoted(names.join('.'))}`,
      method: 'die Methode',
      context: 'der Anlass',
    })[name],
  ofAny: (collection, names) => `${path(names)} in ${quoted(collection)}`,
  one: (of) => `mindestens ein ${of}`,
  every: (of) => `jedes ${of}`,
  relate: (left, relation, right) => words[relation](left, right),
  text: quoted,
  number: (value) => new Intl.NumberFormat('de', { maximumFractionDigits: 12 }).format(value),
  yes: 'ja',
  no: 'nein',
  emptyWord: 'nichts',
  moment: (name) => moments[name] ?? name,
  distance: (from, to) => `der Abstand von ${from} zu ${to} in Kilometern`,
  place: (lon, lat) => `${lon}° Ost, ${lat}° Nord`,
  written: (time, format) => `${time} in der Form „${format}“`,
};

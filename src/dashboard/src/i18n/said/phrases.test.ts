import { describe, expect, it } from 'vitest';
import book from './de';
import { type Book, faultIn, sentenceIn } from './phrases';

const german = (text: string) => sentenceIn(book, text);

describe('sentences of the server in German', () => {
  it.each([
    ['Failed to create record.', 'Der Datensatz ließ sich nicht anlegen.'],
    ['There is no collection "postz"; did you mean "posts"?', 'Es gibt keine Sammlung „postz“; meinten Sie „posts“?'],
    ['Expected an operator such as =, but the text ends here.', 'Hier fehlt: ein Vergleichszeichen wie =; der Text ist aber zu Ende.'],
    ['Delete the collection notes with 2 records.', 'Die Sammlung notes mit 2 Datensätzen löschen.'],
    ['Make the unique index idx_a on notes.', 'Den eindeutigen Index idx_a über notes anlegen.'],
    [
      'Anybody may change and remove every record of a.b: an empty rule lets all in.',
      'Jeder darf jeden Datensatz von a.b ändern und löschen: Eine leere Regel lässt alle zu.',
    ],
    ['Backups: /data/backups. It takes, gives and removes.', 'Sicherungen: /data/backups. Schreiben, Lesen und Löschen gehen.'],
    ['Failed to send the test email. Raw error: The mail was refused.', 'Die Testmail ließ sich nicht senden: The mail was refused.'],
    ['Failed to delete collection. Raw error: \nno such table.', 'Die Sammlung ließ sich nicht löschen. Der Grund: no such table.'],
  ])('%s', (said, here) => expect(german(said)).toBe(here));

  it('leaves what it does not know', () => {
    expect(german('A hook of the app refused this.')).toBeUndefined();
    expect(german('There is no collection '.padEnd(5_000, 'x'))).toBeUndefined();
  });
});

describe('what is wrong with a field in German', () => {
  it.each([
    ['validation_required', 'Cannot be blank.', {}, 'Darf nicht leer sein.'],
    ['validation_min_text_constraint', 'Must be at least 8 character(s).', { min: 8 }, 'Mindestens 8 Zeichen.'],
    ['validation_min_text_constraint', 'Must be at least 8 character(s).', {}, 'Mindestens 8 Zeichen.'],
    ['validation_min_text_constraint', 'Said otherwise.', { min: 8 }, 'Mindestens 8 Zeichen.'],
    ['validation_invalid_value', 'Invalid value red.', { value: 'red' }, 'Der Wert red geht hier nicht.'],
    [
      'validation_invalid_rule',
      'Invalid rule. Raw error: "posts" has no field "x" (at character 1).',
      {},
      'Die Regel ist falsch: „posts“ hat kein Feld „x“ (bei Zeichen 1).',
    ],
  ])('%s: %s %o', (code, text, params, here) => expect(faultIn(book, code, text, params)).toBe(here));

  it('leaves what an app says in its own words, and what it does not know', () => {
    expect(faultIn(book, 'validation_required', 'Please name a guest.', {})).toBeUndefined();
    expect(faultIn(book, 'my_code', 'No.', {})).toBeUndefined();
  });
});

describe('the book', () => {
  const phrases = (all: Book) => [...Object.values(all.faults).flat(), ...all.sentences, ...all.parts];
  const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

  it('leaves nothing of a sentence out', () => {
    expect(phrases(book).filter(([server, here]) => names(server).join() !== names(here).join())).toEqual([]);
  });
});

import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Step } from '~/api/journeys';
import de from '../messages/de';
import en from '../messages/en';
import { entryWith, listing, writing } from './samples';
import { endOf, leadOf, sentenceOf, sentencesOf, type Telling, titleOf } from './sentences';
import { layOut, statementOf } from './statements';
import { stationsOf } from './stations';
import { verdictOf } from './verdict';

const words = i18next.createInstance();
beforeAll(() => words.init({ lng: 'en', resources: { en: { journey: en }, de: { journey: de } }, interpolation: { escapeValue: false } }));

const telling = (language: string, entry = entryWith(listing, 'GET', '/api/collections/airports/records')): Telling => ({
  t: words.getFixedT(language, 'journey') as TFunction<'journey'>,
  language,
  entry,
});

const every: Step[] = [
  ...listing.steps,
  ...writing.steps,
  { step: 'caller', at: 0, took: 0, who: 'superuser', collection: '_superusers', name: 'root@example.org', kept: true },
  { step: 'caller', at: 0, took: 0, who: 'key' },
  { step: 'limits', at: 0, took: 0 },
  { step: 'limits', at: 0, took: 0, rule: '*:auth', max: 5, used: 2 },
  { step: 'limits', at: 0, took: 0, rule: '*:auth', max: 5 },
  { step: 'body', at: 0, took: 0, bytes: 10, kind: 'multipart' },
  { step: 'rule', at: 0, took: 0, collection: 'posts', action: 'create', rule: null, outcome: 'refused' },
  { step: 'rule', at: 0, took: 0, collection: 'posts', action: 'strange', rule: 'a = 1', outcome: 'refused' },
  { step: 'hooks', at: 0, took: 0, names: ['a', 'b'] },
  { step: 'hooks', at: 0, took: 0 },
  { step: 'password', at: 0, took: 300 },
  { step: 'files', at: 0, took: 0, action: 'thumb', name: 'a.png', bytes: 2048 },
  { step: 'files', at: 0, took: 0, action: 'remove' },
  { step: 'mail', at: 0, took: 0, count: 1 },
  { step: 'live', at: 0, took: 0, told: 0 },
  { step: 'live', at: 0, took: 0, told: 3 },
  { step: 'answer', at: 0, took: 0, status: 304 },
  { step: 'answer', at: 0, took: 0, status: 403, bytes: 10 },
  { step: 'answer', at: 0, took: 0, status: 500 },
  { step: 'database', at: 9, took: 1, kind: 'read', sql: 'PRAGMA x', failed: true },
  { step: 'oracle', at: 0, took: 0 } as never,
];

describe.each(['en', 'de'])('sentences in %s', (language) => {
  it('exist for every step, whole', () => {
    for (const step of every) {
      const sentence = sentenceOf(step, telling(language));
      expect(sentence).toMatch(/^[\p{Lu}\d„“].*\.$/u);
      expect(sentence).not.toMatch(/\{\{|undefined|NaN|\(\)/);
    }
  });

  it('say why it was slow for every cause', () => {
    for (const cause of Object.keys(en.time.because))
      expect(words.getFixedT(language, 'journey')(`time.because.${cause}` as 'title', { share: '1 %', rows: 2 })).not.toMatch(/\{\{/);
  });
});

describe('what is told', () => {
  it('names who asked for what', () => {
    expect(titleOf(telling('en'))).toBe('Ana asked for records of airports');
    expect(titleOf(telling('de'))).toBe('Ana hat nach Datensätzen aus airports gefragt');
  });

  it('tells the heart of a request for records', () => {
    expect(leadOf(telling('en'), 3376)).toBe('The rule let Ana read 30 of 3,376 records of airports; the database answered in 0.4 ms.');
    expect(leadOf(telling('de'), 3376)).toBe(
      'Nach der Regel durfte Ana 30 von 3.376 Datensätzen aus airports lesen; die Datenbank antwortete in 0,4 ms.',
    );
    expect(leadOf(telling('en'), undefined)).toBeUndefined();
  });

  it('knows the look-up of the account from the records asked for', () => {
    const told = stationsOf(listing).flatMap((station) => sentencesOf(station, telling('en')));
    expect(told).toContain('The database looked up the account. That took 0.15 ms.');
    expect(told).toContain('The database found 30 records in airports. That took 0.4 ms.');
  });

  it('names tables of its own in words', () => {
    const step: Step = { step: 'database', at: 5, took: 1, kind: 'write', sql: 'INSERT INTO "_audit" ("id") VALUES (?1)', changed: 1 };
    expect(sentenceOf(step, telling('en'))).toBe('The database added 1 record to the audit log. That took 1 ms.');
    expect(sentenceOf(step, telling('de'))).toBe('Die Datenbank hat 1 Datensatz zu dem Audit-Protokoll hinzugefügt. Das dauerte 1 ms.');
  });

  it('tells of waiting and of the disk', () => {
    const [step] = writing.steps.filter((one) => one.step === 'database');
    expect(step && sentenceOf(step, telling('en', entryWith(writing, 'POST', '/api/collections/posts/records')))).toBe(
      'The database added 1 record to posts. That took 1 ms. Before that it had to wait 145 ms for its turn. Making the change safe on the disk took 40 ms.',
    );
  });

  it('says how it ended', () => {
    expect(endOf(telling('en'))).toBe('It worked, in 1.2 ms.');
    expect(endOf(telling('en', entryWith(listing, 'GET', '/x', 500)))).toContain('fault of the server');
  });

  it('says why it was slow', () => {
    expect(verdictOf(listing, telling('en')).tone).toBe('quick');
    expect(verdictOf(writing, telling('en'))).toMatchObject({ tone: 'slow', cause: 'waiting' });
    const search = { ...listing, total: 300, steps: listing.steps.map((step) => (step.step === 'database' ? { ...step, took: 280 } : step)) };
    expect(verdictOf(search, telling('en'))).toMatchObject({ tone: 'slow', cause: 'database', index: 'airports' });
  });
});

describe('SQL', () => {
  it.each([
    ['SELECT COUNT(*) FROM "airports" AS t', 'count', 'airports'],
    ['SELECT "id" FROM "airports"', 'select', 'airports'],
    ['INSERT INTO posts ("id") VALUES (?)', 'insert', 'posts'],
    ['UPDATE "posts" SET a = ?', 'update', 'posts'],
    ['DELETE FROM "posts" WHERE id = ?', 'delete', 'posts'],
    ['PRAGMA optimize', 'other', ''],
  ])('%s', (sql, verb, table) => expect(statementOf(sql)).toEqual({ verb, table }));

  it('is laid out by clauses, quoted text untouched', () =>
    expect(layOut(`SELECT 'a from b' FROM "x where y" WHERE a = 1 LIMIT 2`)).toBe(`SELECT 'a from b'\nFROM "x where y"\nWHERE a = 1\nLIMIT 2`));
});

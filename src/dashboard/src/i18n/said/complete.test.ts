import { describe, expect, it } from 'vitest';
import book from './de';
import { faultIn, sentenceIn } from './phrases';
import { codes, type Found, sentences } from './source';

/** Of these the server's English stands: only programs are answered with them. */
const leftOut = [
  /^Features\/Realtime\//,
  /^Features\/Files\/Resumable\/(ResumableRoutes|TusHeaders)/,
  /^Http\/Output\/BlobAnswer/,
  /^Features\/Accounts\/Mails\/TestMail/, // one sentence, put together; it has words, see the other test
];

const first = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const without = (found: Found[], has: (sentence: string, code?: string) => boolean) =>
  found
    .filter(({ file, sentence, code }) => !leftOut.some((one) => one.test(file)) && !has(sentence, code))
    .map(({ file, sentence }) => `${file}: ${sentence}`);
const hasWords = (sentence: string) => (sentenceIn(book, first(sentence)) ?? sentenceIn(book, sentence)) !== undefined;

describe('what the server says has German words', () => {
  it('every code of something wrong with a field', () => {
    expect(codes().length).toBeGreaterThan(90);
    expect(codes().filter((code) => !book.faults[code])).toEqual([]);
  });

  it('every sentence of something wrong with a field, under its code', () => {
    const found = sentences(
      /(?:new FieldFault|FieldFaults\.With|=>\s+With)\(\s*\$?"([\w{}]+)",\s*(?:Sentence\.Of\()?(?:string\.Create\(CultureInfo\.InvariantCulture, )?/g,
    );
    expect(found.length).toBeGreaterThan(110);
    expect(without(found, (sentence, code = '') => faultIn(book, code.replace('{name}', 'email'), sentence, {}) !== undefined)).toEqual([]);
  });

  it('every mistake in a rule or filter', () => {
    const found = sentences(/(?:(?:Fail<\w+>|new RuleProblem|new RuleMistake|Broken)\(|reason = (?!""))/g, ['Planning', 'Features/Rules']);
    expect(found.length).toBeGreaterThan(40);
    expect(without(found, hasWords)).toEqual([]);
  });

  it('every step of a plan', () => {
    const found = sentences(/return new\("\w+", [\w.]+, /g, ['Data/Changes']);
    expect(found.length).toBeGreaterThan(15);
    expect(without(found, hasWords)).toEqual([]);
  });

  it('every finding of the check-up, with its advice', () => {
    const texts = sentences(/(?:new Finding\(Gravity\.\w+, \w+, |new\(Gravity\.\w+, \w+, |\b(?:Warning|Problem)\()/g, ['Features/Doctor']);
    const advice = sentences(/(?<=\."), /g, ['Features/Doctor']);
    expect(texts.length).toBeGreaterThan(30);
    expect(advice.length).toBeGreaterThan(20);
    expect(without([...texts, ...advice], hasWords)).toEqual([]);
  });

  it('every message of an answer', () => {
    const found = sentences(/Fault\.(?:Of\(\d+, |BadRequest\(|Unauthorized\(|Forbidden\(|NotFound\()"[\w.]+", /g);
    expect(found.length).toBeGreaterThan(100);
    expect(without(found, hasWords)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { listing, writing } from './samples';
import { sharesOf } from './shares';
import { stationsOf } from './stations';

describe('stations', () => {
  it('follow the order of time, databases behind the server', () => {
    expect(stationsOf(listing).map(({ kind, lane }) => `${kind} ${lane}`)).toEqual([
      'caller server',
      'database behind',
      'rule server',
      'database behind',
      'answer server',
    ]);
  });

  it('puts statements that follow each other into one, from the first to the end of the last', () => {
    const steps = [1, 2, 3].map((at) => ({ step: 'database' as const, at, took: 0.5, kind: 'read' as const, sql: 'SELECT 1', rows: 1 }));
    const [station] = stationsOf({ ...listing, steps });
    expect(station).toMatchObject({ kind: 'database', at: 1, took: 2.5 });
    expect(station?.steps).toHaveLength(3);
  });

  it('counts waiting and the commit with the statements, and tells how many more there were', () => {
    expect(stationsOf(writing).map(({ kind, more }) => [kind, more])).toContainEqual(['database', 7]);
    expect(stationsOf(writing).find(({ kind }) => kind === 'database')).toMatchObject({ at: 5, took: 186 });
    expect(stationsOf(writing).at(-1)?.kind).toBe('answer');
  });

  it('knows a step of a newer server as other', () =>
    expect(stationsOf({ ...listing, steps: [{ step: 'oracle', at: 0, took: 1 } as never] })[0]?.kind).toBe('other'));
});

describe('where the time went', () => {
  const byCause = (journey: typeof listing) => Object.fromEntries(sharesOf(journey).map(({ cause, took }) => [cause, Number(took.toFixed(3))]));

  it('counts each moment once, for the innermost step', () => {
    expect(byCause(listing)).toEqual({ database: 0.55, caller: 0.15, rule: 0.05, answer: 0.2, server: 0.25 });
  });

  it('adds up to the whole', () => {
    for (const journey of [listing, writing]) {
      expect(sharesOf(journey).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
  });

  it('tells waiting and the commit from the statement', () => {
    expect(byCause(writing)).toMatchObject({ waiting: 145, commit: 40, database: 1 });
    expect(sharesOf(writing)[0]?.cause).toBe('waiting');
  });

  it('has nothing to share in an empty journey', () => expect(sharesOf({ ...listing, total: 0, steps: [] })).toEqual([]));
});

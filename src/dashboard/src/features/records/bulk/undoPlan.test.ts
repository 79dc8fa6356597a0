import type { RecordModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import type { Change } from '~/api/bulk';
import { leftAs } from '~/api/left';
import { countsOf, planUndo } from './undoPlan';

const record = (values: object) => ({ id: 'a', collectionId: 'c', collectionName: 'things', ...values }) as unknown as RecordModel;

describe('taking an action back', () => {
  const undo: Change[] = [
    { kind: 'delete', at: 1, id: 'same', body: {}, left: 'x' },
    { kind: 'delete', at: 2, id: 'edited', body: {}, left: 'x' },
    { kind: 'update', at: 3, id: 'unknown', body: { city: '' } },
    { kind: 'update', at: 4, id: 'gone', body: { city: '' }, left: 'x' },
    { kind: 'create', at: 5, body: { id: 'new' } },
  ];
  const present = new Map([
    ['same', 'x'],
    ['edited', 'y'],
    ['unknown', 'x'],
  ]);

  it('keeps apart what was changed since, what may have been and what is gone', () => {
    const plan = planUndo(undo, present);
    expect(plan.safe.map(({ at }) => at)).toEqual([1, 5]);
    expect(plan.changed.map(({ at }) => at)).toEqual([2, 3]);
    expect(plan.gone).toBe(1);
  });

  it('counts what it does', () => expect(countsOf(undo)).toEqual({ removed: 2, restored: 2, remade: 1 }));
});

describe('how an action left a record', () => {
  it('does not depend on the order of the values, on relations that were followed or on the name of the collection', () =>
    expect(leftAs(record({ b: 1, a: [2], expand: { x: 1 }, collectionName: 'renamed' }))).toBe(leftAs(record({ a: [2], b: 1 }))));

  it('is another for any other value', () => {
    const texts = [
      {},
      { a: 1 },
      { a: '1' },
      { a: 2 },
      { a: null },
      { a: '' },
      { b: 1 },
      { a: { b: 1 } },
      { a: [1] },
      { a: 1, updated: '2026-01-01' },
    ];
    expect(new Set(texts.map((values) => leftAs(record(values)))).size).toBe(texts.length);
  });
});

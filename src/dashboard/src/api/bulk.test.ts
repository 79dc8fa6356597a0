import type { CollectionModel } from 'pocketbase';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const sent: { method: string; id?: string }[] = [];
const refuse = new Map<string, number[]>();

class Refused extends Error {
  isAbort = false;
  readonly response: unknown;
  constructor(readonly status: number) {
    super('refused');
    this.response = { message: 'no', data: status === 400 ? { id: { code: 'validation_not_unique', message: 'taken' } } : {} };
  }
}

vi.mock('./client', () => {
  const call = (method: string) => async (first: unknown) => {
    const id = typeof first === 'string' ? first : (first as { id?: string }).id;
    sent.push({ method, id });
    const status = refuse.get(id ?? '')?.shift();
    if (status !== undefined) throw new Refused(status);
  };
  const records = { create: call('create'), update: call('update'), delete: call('delete') };
  return { ClientResponseError: Refused, pb: { settings: { getAll: async () => ({ batch: { enabled: false } }) }, collection: () => records } };
});

const { newId, runBulk } = await import('./bulk');
const things = { name: 'things', fields: [{ name: 'id', type: 'text', pattern: '^[a-z0-9]+$', min: 15, max: 15 }] } as unknown as CollectionModel;

describe('many writes', () => {
  beforeEach(() => {
    sent.length = 0;
    refuse.clear();
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
  });
  afterEach(() => vi.useRealTimers());

  it('goes on after one that is refused and says which', async () => {
    refuse.set('b', [400]);
    const changes = ['a', 'b', 'c'].map((id, at) => ({ kind: 'update' as const, at, id, body: {} }));
    const outcome = await runBulk(things, changes);
    expect(outcome.done.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(outcome.faults.map(({ at }) => at)).toEqual([1]);
  });

  it('waits while the server is away, and takes a record that was stored meanwhile as done', async () => {
    refuse.set('made', [0, 503, 400]);
    const outcome = await runBulk(things, [{ kind: 'create', at: 0, body: { id: 'made' } }]);
    expect(sent).toHaveLength(3);
    expect([outcome.done.length, outcome.faults.length]).toEqual([1, 0]);
  });

  it('lets nobody wait for a slow one', async () => {
    refuse.set('slow', [503]);
    const changes = ['slow', ...'abcdefghij'].map((id, at) => ({ kind: 'update' as const, at, id, body: {} }));
    await runBulk(things, changes);
    expect(sent.at(-1)?.id).toBe('slow');
    expect(sent).toHaveLength(12);
  });

  it('does not take a first refusal as done', async () => {
    refuse.set('made', [400]);
    expect((await runBulk(things, [{ kind: 'create', at: 0, body: { id: 'made' } }])).faults).toHaveLength(1);
  });

  it('takes a record that is gone already as deleted', async () => {
    refuse.set('a', [404]);
    expect((await runBulk(things, [{ kind: 'delete', at: 0, id: 'a', body: {} }])).done).toHaveLength(1);
  });

  it('makes ids as the collection wants them', () => {
    expect(newId(things)).toMatch(/^[a-z0-9]{15}$/);
    expect(newId({ ...things, fields: [{ name: 'id', type: 'text', pattern: '^[A-Z]+$' }] } as unknown as CollectionModel)).toBeUndefined();
  });
});

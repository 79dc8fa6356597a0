import { describe, expect, it } from 'vitest';
import { merge } from './merge';

describe('two people editing', () => {
  const base = { title: 'A', count: 1, tags: ['x'] };

  it('takes over what was not touched here', () => {
    const merged = merge(base, { ...base, title: 'Mine' }, { ...base, count: 2 });
    expect(merged).toEqual({ values: { title: 'Mine', count: 2, tags: ['x'] }, taken: ['count'], clashes: [] });
  });

  it('keeps mine and tells when both touched a field', () => {
    const merged = merge(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs' });
    expect(merged.values.title).toBe('Mine');
    expect(merged.clashes).toEqual([{ name: 'title', mine: 'Mine', theirs: 'Theirs' }]);
  });

  it('is content when both did the same', () => {
    const merged = merge(base, { ...base, tags: ['x', 'y'] }, { ...base, tags: ['x', 'y'] });
    expect(merged).toMatchObject({ taken: [], clashes: [] });
  });

  it('changes nothing when nobody did', () => expect(merge(base, base, base)).toEqual({ values: base, taken: [], clashes: [] }));
});

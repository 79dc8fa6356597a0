import { describe, expect, it } from 'vitest';
import { detailsOf } from './details';

describe('details of an audit entry', () => {
  it('finds changes at any depth', () =>
    expect(detailsOf({ rules: { listRule: { from: null, to: '' } }, 'meta.appName': { from: 'Acme', to: 'Atlas' } })).toEqual([
      { path: 'rules.listRule', from: 'null', to: '' },
      { path: 'meta.appName', from: 'Acme', to: 'Atlas' },
    ]));

  it('shows values, lists and the rest', () =>
    expect(detailsOf({ fields: ['email', 'verified'], records: 3, rules: [{ label: 'a' }] })).toEqual([
      { path: 'fields', to: 'email, verified' },
      { path: 'records', to: '3' },
      { path: 'rules', to: '[{"label":"a"}]' },
    ]));

  it('has nothing to say of nothing', () => expect(detailsOf({})).toEqual([]));
});

import type { CollectionModel } from 'pocketbase';
import { describe, expect, it } from 'vitest';
import { templateNames, templates } from '.';
import { collectionsOf, hindranceOf } from './plan';

const users = { name: 'users', type: 'auth', id: '_pb_users_auth_' } as CollectionModel;

describe.each(templateNames)('the template %s', (name) => {
  it('has records whose ids and relations are sound', async () => {
    const { collections, records } = await templates[name]();
    const known = new Map<string, Set<unknown>>();
    for (const { collection, items } of records) {
      const shape = collections.find((one) => one.name === collection);
      for (const item of items) {
        expect(item.id).toMatch(/^[a-z0-9]{15}$/);
        for (const [field, value] of Object.entries(item)) {
          if (field === 'id') continue;
          const definition = shape?.fields.find((one) => one.name === field);
          expect(definition, `${collection}.${field}`).toBeDefined();
          if (definition?.to) expect(known.get(definition.to)).toContain(value);
        }
      }
      known.set(collection, new Set(items.map(({ id }) => id)));
    }
  });

  it('never lets a guest pass for the owner of what nobody owns', async () => {
    const { collections } = await templates[name]();
    for (const { listRule, viewRule, createRule, updateRule, deleteRule } of collections)
      for (const rule of [listRule, viewRule, createRule, updateRule, deleteRule])
        if (rule?.includes('= @request.auth.id')) expect(rule).toContain('@request.auth.id != ""');
  });

  it('names ids of collections that it makes or that are there', async () => {
    const template = await templates[name]();
    const made = collectionsOf(template, (one) => `id_${one}`);
    const ids = new Set(['id_users', ...made.map(({ id }) => id)]);
    expect(JSON.stringify(made)).not.toContain('"to"');
    for (const [, id] of JSON.stringify(made).matchAll(/"collectionId":"([^"]+)"/g)) expect(ids).toContain(id);
  });

  it('says which names are taken', async () => {
    const template = await templates[name]();
    const first = { name: template.collections[0]?.name.toUpperCase(), type: 'base' } as CollectionModel;
    expect(hindranceOf(template, [users])).toBeNull();
    expect(hindranceOf(template, [users, first])?.taken).toEqual([template.collections[0]?.name]);
    expect(hindranceOf(template, [])?.withoutUsers).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { nextSort, readAddress, writeAddress } from './address';

describe('the address of the grid', () => {
  it('comes back as it was written', () => {
    const address = { page: 3, perPage: 200, sort: '-name', filter: 'a = "b&c"', search: 'x y', columns: ['id', 'name'], view: 'v1', record: 'r1' };
    expect(readAddress(new URLSearchParams(writeAddress(address).toString()))).toEqual(address);
  });

  it('says nothing when all is as usual', () => expect(writeAddress(readAddress(new URLSearchParams())).toString()).toBe(''));

  it('passes over what makes no sense', () => {
    const address = readAddress(new URLSearchParams('page=-2&per=7'));
    expect([address.page, address.perPage]).toEqual([1, 100]);
  });

  it('turns the order round, then off', () => expect(['', 'a', '-a', 'b'].map((sort) => nextSort(sort, 'a'))).toEqual(['a', '-a', '', 'a']));
});

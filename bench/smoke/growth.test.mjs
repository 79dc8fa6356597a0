// The growth run works. No speed is asserted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { grow } from '../runner/growth.mjs';
import { moments, onlyPosts, written } from './setup.mjs';

test('growth measures the same work over different numbers of rows', async () => {
  const { growth } = await grow({ ...moments, mode: 'growth', sizes: [1000, 1200], only: ['get'], rows: onlyPosts });
  assert.deepEqual(growth.map(({ contender, size }) => [contender, size]), [['hearth', 1000], ['hard', 1000], ['hearth', 1200], ['hard', 1200]]);
  assert.match(written('growth.md'), /\| Get one record by id +\| +Hearth /);
});

// The dashboard is measured in a browser; how fast it is is not asked here.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { executablePath } from '../runner/browser.mjs';
import { dashboard } from '../runner/dashboard.mjs';
import { moments, onlyPosts, written } from './setup.mjs';

const driver = new URL('../../tests/sdk/node_modules/playwright-core', import.meta.url);
const lacks = (!existsSync(executablePath ?? '') || !existsSync(driver)) && process.env.CI !== 'true' && 'no browser is here, or `npm ci` was not run in tests/sdk';

test('the dashboard is measured', { skip: lacks }, async () => {
  const { rounds } = await dashboard({ ...moments, mode: 'dashboard', rows: onlyPosts });
  for (const { paint, interactive, script, opened, deep } of rounds) assert.ok(paint > 0 && interactive > 0 && script > 10_000 && opened > 0 && deep > 0);
  assert.match(written('dashboard.md'), /\| Script until then/);
});

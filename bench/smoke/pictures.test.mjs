// Smaller pictures are made and compared with the program that does nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { pictures } from '../runner/pictures.mjs';
import { moments, noRows, written } from './setup.mjs';

const lacks = () => {
  try {
    execFileSync('vipsthumbnail', ['--version']);
    return false;
  } catch {
    return 'vipsthumbnail is not here (Debian: libvips-tools)';
  }
};

test('smaller pictures are measured beside vipsthumbnail', { skip: lacks() }, async () => {
  const { rounds } = await pictures({ ...moments, mode: 'pictures', pictures: 4, rows: noRows });
  for (const { hearth, oneProgram, programPerCore, share } of rounds) assert.ok(hearth > 0 && oneProgram > 0 && programPerCore > 0 && share > 0);
  assert.match(written('pictures.md'), /\| Hearth +\| +[\d.]+ \|/);
});

// Files are measured: downloads against static files, and the memory of a large upload.
import assert from 'node:assert/strict';
import test from 'node:test';
import { files } from '../runner/files.mjs';
import { moments, noRows, written } from './setup.mjs';

test('downloads and a large upload are measured', async () => {
  const report = await files({ ...moments, seconds: 0.5, mode: 'files', mebibytes: 20, rows: noRows });
  for (const { hearth, static: others } of report.downloads) assert.ok(hearth.perSecond > 0 && others.perSecond > 0);
  assert.ok(report.upload.seconds > 0 && report.upload.highest > 0);
  assert.match(written('files.md'), /\| 16 +\| +[\d.]+ \|/);
});

// A disk without room for an upload. The disk is a real one: a small file system in memory, in a mount namespace of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const canMount = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('a full disk', { skip: !canMount && 'this system does not let us mount a disk' }, () => {
  let tools, folder, server, pb;

  before(async () => {
    const { program } = await import('../support/server.mjs');
    tools = mkdtempSync(join(tmpdir(), 'hearth-full-'));
    folder = join(tools, 'data');
    mkdirSync(join(folder, 'storage'), { recursive: true });
    // The program, with a disk of 4 MiB for its files.
    const small = join(tools, 'hearth');
    writeFileSync(small, `#!/bin/sh\nexec unshare -Urm sh -c 'mount -t tmpfs -o size=4m tmpfs "${folder}/storage" && exec "${program}" "$@"' hearth "$@"\n`);
    chmodSync(small, 0o755);
    process.env.HEARTH_PROGRAM = small;
    const { startServer } = await import('../support/server.mjs?small');
    server = await startServer({ dir: folder, setUp: true });
    pb = await server.superuser();
    await pb.collections.create({ name: 'papers', type: 'base', viewRule: '', fields: [{ name: 'doc', type: 'file', maxSize: 64 << 20 }] });
  });

  after(async () => {
    await server?.stop();
    rmSync(tools, { recursive: true, force: true });
  });

  const create = bytes => pb.collection('papers').create({ doc: new File([Buffer.alloc(bytes, 'x')], 'a.txt') });

  it('refuses what has no room with 507, keeps nothing of it, and takes what has', async () => {
    const kept = await create(1 << 20);
    for (let i = 0; i < 3; i++) {
      const refused = await create(8 << 20).catch(error => error);
      assert.equal(refused.status, 507, JSON.stringify(refused.response));
      assert.match(refused.response.message, /no room/);
    }
    assert.equal((await pb.collection('papers').getList(1, 10)).totalItems, 1);
    const answer = await fetch(pb.files.getURL(kept, kept.doc));
    assert.equal((await answer.arrayBuffer()).byteLength, 1 << 20);
    // Had anything of the refused ones stayed, there would be no room for this.
    await create(1 << 20);
  });
});

// A kill at any moment of a restore leaves the app as it was or as the backup is, and of a backup nothing that is none.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engine } from '../support/engine.mjs';
import { email, newFolder, password, removeFolder, startServer } from '../support/server.mjs';

const size = 1500;

describe('killed in the middle', () => {
  let folder, server;
  before(async () => { folder = await newFolder(); });
  after(async () => {
    await server?.kill();
    await removeFolder(folder);
  });

  async function open(setUp = false) {
    server = await startServer({ dir: folder, setUp, env: { HEARTH_POSTGRES_TAKEOVER: '2' } });
    return signedIn();
  }

  // A restore ends sessions that are younger than the backup.
  async function signedIn() {
    const pb = server.guest();
    for (let tries = 0; ; tries++) {
      try {
        await pb.collection('_superusers').authWithPassword(email, password);
        return pb;
      } catch (error) {
        if (error.status !== 429 || tries > 40) throw error;
        await sleep(1000);
      }
    }
  }

  const fill = async (pb, text, from) => {
    for (let i = from; i < size; i += 50) {
      const batch = pb.createBatch();
      for (let j = i; j < i + 50; j++) batch.collection('notes').upsert({ id: `n${String(j).padStart(14, '0')}`, text, more: 'x'.repeat(2000) });
      await batch.send();
    }
  };

  const state = async pb => {
    const texts = new Set((await pb.collection('notes').getFullList({ fields: 'text', batch: 1000 })).map(note => note.text));
    assert.equal(texts.size, 1, `a mixture of ${[...texts]}`);
    assert.equal((await pb.collection('notes').getList(1, 1)).totalItems, size);
    return [...texts][0];
  };

  const rounds = engine === 'postgres' ? 4 : 8;

  /** Waits until it is this node's turn: where other nodes could be at it, that of one that was killed ends by itself. */
  async function turnEnds(pb) {
    for (let tries = 0; tries < 400; tries++) {
      // There is one of that name; but whose turn it is, is asked first.
      const { message } = await pb.backups.create('old.zip').then(() => ({ message: 'made twice' }), error => error.response);
      if (!message.startsWith('Another backup or restore')) return;
      await sleep(50);
    }
    assert.fail('the turn does not end');
  }

  it('restore: the old or the new, whole', async () => {
    let pb = await open(true);
    await pb.settings.update({ batch: { enabled: true, maxRequests: 50, timeout: 60 }, rateLimits: { enabled: false } });
    await pb.collections.create({ name: 'notes', type: 'base', fields: [{ name: 'text', type: 'text' }, { name: 'more', type: 'text' }] });
    await fill(pb, 'old', 0);
    await pb.backups.create('old.zip');
    await fill(pb, 'new', 0);
    await pb.backups.create('new.zip');
    let now = 'new';
    const seen = new Set();
    const began = Date.now();
    await pb.backups.restore('old.zip');
    const whole = Date.now() - began;
    assert.equal(await state(pb), 'old');
    now = 'old';
    for (let round = 0; round < rounds; round++) {
      const other = now === 'old' ? 'new' : 'old';
      pb.backups.restore(`${other}.zip`).catch(() => {});
      await sleep(Math.random() * whole * 1.3);
      await server.kill();
      pb = await open();
      await turnEnds(pb);
      const found = await state(pb);
      assert.ok([now, other].includes(found));
      seen.add(found === now ? 'kept' : 'replaced');
      now = found;
      // It goes on as if nothing had been.
      await pb.collection('notes').update('n00000000000000', { text: now });
    }
    await pb.backups.restore('new.zip');
    assert.equal(await state(await signedIn()), 'new');
  });

  it('backup: whole or none', async () => {
    await server.kill();
    let pb = await open();
    const known = (await pb.backups.getFullList()).length;
    const restored = new Set(['old.zip', 'new.zip']); // by the case before
    for (let round = 0; round < rounds / 2; round++) {
      pb.backups.create(`killed${round}.zip`).catch(() => {});
      await sleep(Math.random() * 600);
      await server.kill();
      pb = await open();
      await turnEnds(pb);
      for (const { key } of await pb.backups.getFullList()) {
        if (restored.has(key)) continue;
        await pb.backups.restore(key);
        restored.add(key);
        pb = await signedIn();
      }
    }
    assert.ok((await pb.backups.getFullList()).length >= known);
    assert.equal(existsSync(join(folder, 'data.db-journal')), false);
    assert.ok(readdirSync(join(folder, 'backups')).every(name => !name.endsWith('.tmp')));
  });
});

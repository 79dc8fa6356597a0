// A server with something on every page: airports, a blog with every type of field, accounts, keys, a backup, mails, and requests that went well and badly.
import { crc32, deflateSync } from 'node:zlib';
import { startServer } from '../support/server.mjs';

export const secret = 'a walk along the river';

/** Starts it; `pb` is signed in as the superuser. */
export async function startFurnished() {
  const server = await startServer({ args: ['--demo', '--dev'] });
  try {
    const pb = await server.superuser();
    const facts = await furnish(server, pb);
    return { server, pb, ...facts };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function furnish(server, pb) {
  await pb.settings.update({ meta: { appName: 'Harbour', appURL: server.url }, logs: { minLevel: 0, logIP: true } });
  await pb.collections.update('users', { apiKeys: { enabled: true } });
  const { id: airports } = await pb.collections.getOne('airports');
  const tags = await pb.collections.create({ name: 'tags', type: 'base', listRule: '', viewRule: '', fields: [{ name: 'name', type: 'text', required: true, presentable: true }] });
  const users = await pb.collections.getOne('users');
  const articles = await pb.collections.create({
    name: 'articles', type: 'base', listRule: 'published = true || author = @request.auth.id', viewRule: 'published = true || author = @request.auth.id',
    createRule: '@request.auth.id != "" && author = @request.auth.id', updateRule: 'author = @request.auth.id', deleteRule: null,
    fields: [
      { name: 'title', type: 'text', required: true, presentable: true, max: 200, help: 'What stands above it' },
      { name: 'body', type: 'editor' },
      { name: 'reads', type: 'number', onlyInt: true, min: 0 },
      { name: 'published', type: 'bool' },
      { name: 'contact', type: 'email' },
      { name: 'source', type: 'url' },
      { name: 'released', type: 'date' },
      { name: 'kind', type: 'select', values: ['news', 'essay', 'recipe'], maxSelect: 1 },
      { name: 'moods', type: 'select', values: ['calm', 'bright', 'odd'], maxSelect: 3 },
      { name: 'cover', type: 'file', maxSelect: 1, mimeTypes: ['image/png'], thumbs: ['100x100'] },
      { name: 'papers', type: 'file', maxSelect: 5 },
      { name: 'author', type: 'relation', collectionId: users.id, maxSelect: 1 },
      { name: 'tags', type: 'relation', collectionId: tags.id, maxSelect: 5 },
      { name: 'airport', type: 'relation', collectionId: airports, maxSelect: 1 },
      { name: 'facts', type: 'json' },
      { name: 'place', type: 'geoPoint' },
      { name: 'created', type: 'autodate', onCreate: true },
      { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
    ],
    indexes: ['CREATE INDEX `idx_articles_released` ON `articles` (`released`)'],
  });
  const people = [];
  for (const name of ['Ann Lee', 'Ben Ode', 'Cleo Paz']) {
    const address = `${name.split(' ')[0].toLowerCase()}@example.com`;
    people.push(await pb.collection('users').create({ email: address, name, verified: name !== 'Cleo Paz', emailVisibility: true, password: secret, passwordConfirm: secret }));
  }
  const labels = [];
  for (const name of ['sea', 'travel', 'food']) labels.push(await pb.collection('tags').create({ name }));
  const titles = ['The harbour at dawn', 'Bread without a recipe', 'Why the ferry waits', 'Twelve lighthouses', 'A short walk inland', 'رحلة إلى الميناء', 'Salt', 'Letters from the pier'];
  let first;
  for (const [i, title] of titles.entries()) {
    const made = await pb.collection('articles').create({
      title, body: `<p><strong>${title}</strong>: the boats come in before six, and the kettle is on.</p><ul><li>rope</li><li>lamp</li></ul>`, reads: 137 * i, published: i % 3 !== 2, contact: 'desk@example.com',
      source: 'https://example.com/harbour', released: `2026-0${i + 1}-12 08:30:00.000Z`, kind: ['news', 'essay', 'recipe'][i % 3], moods: ['calm', 'bright'].slice(0, (i % 2) + 1),
      cover: new File([picture(160, 120, i)], `cover-${i}.png`, { type: 'image/png' }), papers: i ? [] : [new File(['What was said\n'], 'minutes.txt', { type: 'text/plain' })],
      author: people[i % 3].id, tags: labels.slice(0, (i % 3) + 1).map(({ id }) => id), facts: { words: 800 + i, seen: [1, 2, { by: 'Ann' }] }, place: { lon: -9.14 + i, lat: 38.71 + i / 2 },
    });
    first ??= made;
  }
  await pb.send('/api/collections/_superusers/api-keys', { method: 'POST', body: { name: 'Nightly export', scope: { collections: { articles: ['list', 'view'] } } } }).catch(() => {});
  await pb.backups.create('harbour.zip');
  await pb.collection('users').requestPasswordReset('ann@example.com');
  // Requests that went well, and some that did not.
  const guest = server.guest();
  for (let i = 1; i <= 6; i++) await guest.collection('airports').getList(i, 20, { filter: 'city ~ "San"', sort: 'name' });
  for (const wrong of ['nope = 1', 'title ~']) await guest.collection('articles').getList(1, 5, { filter: wrong }).catch(() => {});
  await guest.collection('users').authWithPassword('ann@example.com', 'wrong').catch(() => {});
  const ann = await server.user('ann@example.com', secret);
  await ann.collection('articles').getList(1, 20, { expand: 'author,tags', headers: { 'X-Hearth-Journey': '1' } });
  await pb.collection('articles').getList(1, 20, { filter: 'author.name ~ "ann"', expand: 'tags', headers: { 'X-Hearth-Journey': '1' } });
  return { articles, collection: 'articles', record: first.id, entry: await entryOf(pb), people };
}

/** The newest entry of the log with a journey in it, else the newest; entries are written a moment after their answers. */
async function entryOf(pb) {
  for (let tries = 0; tries < 240; tries++) {
    const found = await pb.logs.getList(1, 1, { filter: 'data.url ~ "/api/collections/articles/records" && data.journey != null', sort: '-@rowid' }).catch(() => ({ items: [] }));
    if (found.items.length) return found.items[0].id;
    await new Promise(done => setTimeout(done, 250));
  }
  return (await pb.logs.getList(1, 1)).items[0]?.id ?? 'none';
}

/** A PNG (W3C PNG, third edition) with soft stripes in one of several colours. */
export function picture(width, height, hue) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = (60 * hue + x) % 256;
      rows[at + 1] = (120 + y + 25 * hue) % 256;
      rows[at + 2] = (200 - x / 2 + 40 * hue) % 256;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

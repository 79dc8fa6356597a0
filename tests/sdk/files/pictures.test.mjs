// Smaller pictures of photos, as a web page asks for them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../support/server.mjs';

// 4 x 2 pixels.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNgwAUAABoAAaQ3efYAAAAASUVORK5CYII=', 'base64');

/** The width and height in the head of a PNG. */
const sides = bytes => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

describe('pictures', () => {
  let server, pb, record;
  const fetched = async query => {
    const answer = await fetch(pb.files.getURL(record, record.photo, query));
    return { answer, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await pb.collections.create({ name: 'photos', type: 'base', viewRule: '', createRule: '', fields: [{ name: 'photo', type: 'file', maxSelect: 1, thumbs: ['40x20', '10x10f', '0x6'] }] });
    record = await pb.collection('photos').create({ photo: new File([png], 'My Photo.png', { type: 'image/png' }) });
  });

  after(() => server?.stop());

  for (const [thumb, expected] of [['40x20', [40, 20]], ['100x100', [100, 100]], ['10x10f', [4, 2]], ['0x6', [12, 6]]]) {
    it(`of the size ${thumb}`, async () => {
      const { answer, type, bytes } = await fetched({ thumb });
      assert.deepEqual([answer.status, type, sides(bytes)], [200, 'image/png', expected]);
      assert.equal(answer.headers.get('content-disposition'), `inline; filename="${thumb}_${record.photo}"`);
    });
  }

  it('of a size that is not allowed is the original', async () => {
    const { bytes } = await fetched({ thumb: '41x20' });
    assert.deepEqual(bytes, png);
  });

  it('come in other formats', async () => {
    const webp = await fetched({ thumb: '40x20', format: 'webp', quality: 60, focus: '0.2,0.5' });
    assert.deepEqual([webp.type, webp.bytes.toString('latin1', 8, 12)], ['image/webp', 'WEBP']);
    const avif = await fetched({ thumb: '40x20', format: 'avif' });
    assert.deepEqual([avif.type, avif.bytes.toString('latin1', 4, 12)], ['image/avif', 'ftypavif']);
    const wrong = await fetched({ thumb: '40x20', format: 'bmp' });
    assert.equal(wrong.answer.status, 400);
  });

  it('are not sent again when nothing changed', async () => {
    const { answer } = await fetched({ thumb: '40x20' });
    const again = await fetch(answer.url, { headers: { 'If-None-Match': answer.headers.get('etag') } });
    assert.equal(again.status, 304);
  });
});

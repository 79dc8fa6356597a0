// Puts a Brotli and a gzip form beside each built file that gets smaller by it, so that the server sends what is ready instead of compressing each time.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = fileURLToPath(new URL('../dist/', import.meta.url));
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const compress = async (path) => {
  const bytes = await readFile(path);
  const zipped = await zip(bytes, { level: 9 });
  if (zipped.length > bytes.length * 0.95) return; // pictures and fonts are compressed already
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await Promise.all([writeFile(`${path}.gz`, zipped), brotli(bytes, { params }).then((packed) => writeFile(`${path}.br`, packed))]);
};

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
// The page itself is put together anew for each answer, with its nonce.
const files = entries.filter((entry) => entry.isFile() && entry.name !== 'index.html' && !/\.(br|gz)$/.test(entry.name));
await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));

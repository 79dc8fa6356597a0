// Makes a `pb_data` folder as section 14 of the wire contract describes it, from tests/movein/*.sql, and tokens as that app signed them.
import { execFile } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const oldPassword = 'old password 1';

/** A small PNG: one red pixel. */
export const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/**
 * Makes the folder.
 * @param folder where
 * @param name   `current`, or `old` for one that lived through old versions
 * @param sql    what is done to it afterwards, and stays in the log as after a crash
 */
export async function pbData(folder, { name = 'current', sql = '' } = {}) {
  await mkdir(folder, { recursive: true });
  const fixture = await readFile(fileURLToPath(new URL(`../../movein/${name}.sql`, import.meta.url)), 'utf8');
  const script = `PRAGMA journal_mode = WAL;\nBEGIN;\n${fixture}\nCOMMIT;\nPRAGMA wal_checkpoint(TRUNCATE);\n.dbconfig no_ckpt_on_close on\nPRAGMA wal_autocheckpoint = 0;\n${sql};\n`;
  await new Promise((resolve, reject) => {
    const child = execFile('sqlite3', ['-batch', '-bail', join(folder, 'data.db')], error => error ? reject(error) : resolve());
    child.stdin.end(script);
  });
  if (name === 'current') {
    await file(folder, '_pb_users_auth_/annannannannann/face_a1b2c3d4e5.png', picture, 'image/png');
    await file(folder, 'pbc_1125843985/post00000000001/sun_1111111111.png', picture, 'image/png');
    await file(folder, 'pbc_1125843985/post00000000001/one_2222222222.txt', 'one', 'text/plain; charset=utf-8');
    await file(folder, 'pbc_1125843985/post00000000001/two_3333333333.bin', picture, null);
    await file(folder, 'pbc_papers/paper0000000001/contract_4444444444.pdf', '%PDF-1.7 secret', 'application/pdf');
    await file(folder, 'pbc_papers/nobody/orphan_9999999999.pdf', '%PDF-1.7', 'application/pdf');
  }
  return folder;
}

/** A token as the old app signed it: from the words of the contract (7.1) and what stands in its database. */
export function oldToken({ collectionId = '_pb_users_auth_', id, key, secret = 'UsersAuth', ...claims }) {
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ collectionId, exp: Math.floor(Date.now() / 1000) + 3600, id, refreshable: true, type: 'auth', ...claims })}`;
  return `${text}.${createHmac('sha256', key.padEnd(50, 'k') + secret.padEnd(50, 'S')).update(text).digest('base64url')}`;
}

/** Every file of a folder with its hash and the time of its last change. */
export async function fingerprint(folder) {
  const told = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const info = await stat(join(folder, name));
    told[name] = `${info.mtimeMs} ${info.isDirectory() ? '' : createHash('sha256').update(await readFile(join(folder, name))).digest('hex')}`;
  }
  return told;
}

async function file(folder, key, content, type) {
  const path = join(folder, 'storage', key);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  if (!type) return;
  await writeFile(`${path}.attrs`, JSON.stringify({
    'user.cache_control': '', 'user.content_disposition': '', 'user.content_encoding': '', 'user.content_language': '', 'user.content_type': type,
    'user.metadata': { 'original-filename': 'as it was' }, md5: createHash('md5').update(content).digest('base64'),
  }));
}

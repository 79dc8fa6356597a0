// Makes what the servers of a run begin with, once: a data folder (SQLite) or a database (PostgreSQL) with the superuser of the tests. Prints where it is.
// HEARTH_TEST_ENGINE=postgres node prepare.mjs FOLDER
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engine, nameOf } from './support/engine.mjs';
import { startServer } from './support/server.mjs';

const folder = process.argv[2];
const server = await startServer({ dir: folder, setUp: true });
const code = await server.stop();
if (code !== 0) throw new Error(`the server ended with ${code}:\n${server.output}`);
// Locks and what else says that a program has the folder stay behind. On PostgreSQL there may be no folder at all.
for (const name of engine === 'sqlite' ? await readdir(folder) : []) if (!name.endsWith('.db')) await rm(join(folder, name), { recursive: true });
process.stdout.write(engine === 'sqlite' ? folder : nameOf(folder));

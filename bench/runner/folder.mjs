// Where a run keeps its data: an ignored folder of the repository, on its disk (a folder in memory would make durable writes look free).
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A fresh, empty folder for one run. */
export async function workFolder(name) {
  const folder = fileURLToPath(new URL(`../../artifacts/bench/${name}-${process.pid}`, import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

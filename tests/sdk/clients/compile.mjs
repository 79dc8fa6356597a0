// A folder below node_modules, so that the compiler and Node.js find the packages, in which TypeScript is checked and compiled.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

/** Makes the folder; `remove` takes it away. */
export async function newProject() {
  const folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.clients-', import.meta.url)));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  return {
    path: name => join(folder, name),
    write: (name, text) => writeFile(join(folder, name), text),
    load: name => import(pathToFileURL(join(folder, name)).href),
    remove: () => rm(folder, { recursive: true, force: true }),
    /** Compiles files as `tsc --strict` does; gives what it says. */
    compile(...names) {
      const program = ts.createProgram(names.map(name => join(folder, name)), {
        strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, skipLibCheck: true, types: [],
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      });
      return [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics]
        .map(one => `${one.file?.fileName.slice(folder.length + 1) ?? ''}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`);
    },
  };
}

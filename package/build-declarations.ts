import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const PROJECT = join(import.meta.dirname, 'tsconfig.declarations.json');
const TYPESCRIPT = join(import.meta.dirname, '../node_modules/typescript/bin/tsc');
const ENTRY_POINT = 'package/construct.d.ts';

/**
 * Writes the declarations of the construct, and of what they refer to, twice into `folder`: below
 * `esm` for `import`, and below `cjs` for `require`. Throws when TypeScript reports an error.
 */
export const buildDeclarations = (folder: string): void => {
  const all = join(folder, 'all');
  const { status, stdout } = spawnSync(
    process.execPath,
    [TYPESCRIPT, '-p', PROJECT, '--outDir', all],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`TypeScript failed:\n${stdout}`);
  const declarations = collect(all, join(all, ENTRY_POINT));
  rmSync(all, { recursive: true });
  for (const [format, type] of [
    ['esm', 'module'],
    ['cjs', 'commonjs'],
  ] as const) {
    write(join(folder, format, 'package.json'), `${JSON.stringify({ type })}\n`);
    for (const [path, text] of declarations) write(join(folder, format, path), text);
  }
};

const RELATIVE_IMPORT = /((?:from |import\()["'])(\.[^"']+)\.ts(?=["'])/g;

// A file and all that it imports, by their paths below `root`. TypeScript leaves the endings of the
// sources in declarations; every tool resolves .js to .d.ts.
const collect = (root: string, file: string, found = new Map<string, string>()) => {
  const path = relative(root, file);
  if (found.has(path)) return found;
  const text = readFileSync(file, 'utf8');
  found.set(path, text.replace(RELATIVE_IMPORT, '$1$2.js'));
  for (const [, , specifier] of text.matchAll(RELATIVE_IMPORT)) {
    collect(root, join(dirname(file), `${specifier}.d.ts`), found);
  }
  return found;
};

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

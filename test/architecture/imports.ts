import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';

const GENERATED = ['node_modules/**', 'cdk.out/**', 'dist/**', 'data/**', 'coverage/**'];

/** The path with slashes, as git and import statements have it; Node.js lists paths as the system has them. */
export const withSlashes = (path: string): string => path.replaceAll(win32.sep, posix.sep);

/** Every source file in a folder of the project, whatever the folder: none escapes the table. */
export const SOURCES = globSync('*/**/*.{ts,mts,cts,js,mjs,cjs}', { exclude: GENERATED })
  .map(withSlashes)
  .sort();

/**
 * The project's own files that a file imports, type imports and dynamic imports included. What is no
 * file is code in a string, for the compiler accepts no other import.
 */
export const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, path = '']) => posix.join(posix.dirname(file), path))
    .filter((path) => existsSync(path));

/** The first import circle that starts from one of `files`; undefined when there is none. */
export const findCircle = (
  files: readonly string[],
  importsOfFile: (file: string) => readonly string[],
): string[] | undefined => {
  const finished = new Set<string>();
  const visitAll = (paths: readonly string[], trail: readonly string[]): string[] | undefined => {
    for (const path of paths) {
      const circle = visit(path, trail);
      if (circle) return circle;
    }
    return undefined;
  };
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (finished.has(file)) return undefined;
    const circle = visitAll(importsOfFile(file), [...trail, file]);
    finished.add(file);
    return circle;
  };
  return visitAll(files, []);
};

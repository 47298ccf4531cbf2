import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const GENERATED = ['node_modules/**', 'cdk.out/**', 'dist/**', 'data/**', 'coverage/**'];

/** Every source file in a folder of the project, whatever the folder: none escapes the table. */
export const SOURCES = globSync('*/**/*.{ts,mts,cts,js,mjs,cjs}', { exclude: GENERATED }).sort();

/**
 * The project's own files that a file imports, type imports and dynamic imports included. What is no
 * file is code in a string, for the compiler accepts no other import.
 */
export const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((path) => existsSync(path));

/** The first import circle that starts from one of `files`; undefined when there is none. */
export const findCircle = (
  files: readonly string[],
  importsOfFile: (file: string) => readonly string[],
): string[] | undefined => {
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (finished.has(file)) return undefined;
    for (const imported of importsOfFile(file)) {
      const circle = visit(imported, [...path, file]);
      if (circle) return circle;
    }
    finished.add(file);
    return undefined;
  };
  return firstDefined(files, (file) => visit(file, []));
};

const firstDefined = <Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

import { existsSync, readFileSync } from 'node:fs';
import { importsOf } from '../architecture/imports.ts';

const NAMED_SOURCE = /'((?:src|infra|package|proof|measure|test)\/[\w./-]+\.ts)'/g;

/** Returns a function that lists what a source file leads to; see `reachedFiles`. Reads each file once. */
const createSuccessors = (): ((file: string) => readonly string[]) => {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const found = known.get(file) ?? [...importsOf(file), ...sourcesNamedIn(file)];
    known.set(file, found);
    return found;
  };
};

// A test that starts a process names its source file. A test that another one names is not run by it, and
// the files of test/run name what they search for.
const sourcesNamedIn = (file: string): string[] =>
  file.startsWith('test/run/') ? [] : allSourcesNamedIn(file);

const allSourcesNamedIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(NAMED_SOURCE)]
    .map(([, path = '']) => path)
    .filter((path) => !path.endsWith('.test.ts') && existsSync(path));

/**
 * For each of the test files: the file itself and all source files that it imports or names as a string,
 * directly or not.
 */
export const reachedFiles = (tests: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const successorsOf = createSuccessors();
  return new Map(tests.map((test) => [test, reachFrom(test, successorsOf)]));
};

const reachFrom = (
  start: string,
  successorsOf: (file: string) => readonly string[],
): readonly string[] => {
  const reached = new Set([start]);
  // A Set also iterates over what is added meanwhile.
  for (const file of reached) for (const next of successorsOf(file)) reached.add(next);
  return [...reached];
};

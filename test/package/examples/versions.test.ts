import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const readPackage = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const PROJECT = readPackage('package.json');
const OURS: Record<string, string> = {
  ...PROJECT.devDependencies,
  [PROJECT.name]: PROJECT.version,
};
const EXAMPLES = globSync('examples/*/package.json');

it.each(EXAMPLES)(
  '%s pins its versions, and those that this project has too are the same',
  (file) => {
    const { dependencies, devDependencies } = readPackage(file);
    const versions: Record<string, string> = { ...dependencies, ...devDependencies };
    expect(Object.values(versions).join()).toMatch(/^[\d.,]+$/);
    const shared = Object.keys(versions).filter((name) => name in OURS);
    expect(shared).toContain('session-counter');
    expect(shared.map((name) => [name, versions[name]])).toEqual(
      shared.map((name) => [name, OURS[name]]),
    );
  },
);

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FOLDERS, type Folder } from './folders.ts';
import { findCircle, importsOf, SOURCES } from './imports.ts';

const isIn = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}/`);

// test/support is a folder of its own inside test: the longest path wins.
const folderOf = (file: string): Folder | undefined =>
  FOLDERS.filter(({ path }) => isIn(file, path)).toSorted(
    (a, b) => b.path.length - a.path.length,
  )[0];

it('gives every source file a folder of the table, and every folder a file', () => {
  expect(SOURCES.filter((file) => folderOf(file) === undefined)).toEqual([]);
  expect(FOLDERS.filter((folder) => !SOURCES.some((file) => folderOf(file) === folder))).toEqual(
    [],
  );
});

it('lets each folder import only what the table allows', () => {
  const forbidden = SOURCES.flatMap((file) =>
    importsOf(file)
      .filter((path) => folderOf(path) !== folderOf(file))
      .filter((path) => !folderOf(file)?.mayImport.some((place) => isIn(path, place)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(SOURCES.length).toBeGreaterThan(700);
  expect(forbidden).toEqual([]);
});

/** What `folders` allow a folder to import although it stands at or below that folder. */
const findUpward = (folders: readonly Folder[]): string[] =>
  folders.flatMap(({ path, mayImport }, row) => {
    const isBelow = (place: string): boolean =>
      foldersAt(place, folders).some((folder) => folders.indexOf(folder) >= row);
    return mayImport.filter(isBelow).map((place) => `${path}: ${place}`);
  });

/** All folders of `place`, such as those of `src`, or the innermost one that holds the file `place`. */
const foldersAt = (place: string, folders: readonly Folder[]): Folder[] => {
  const inside = folders.filter(({ path }) => isIn(path, place));
  const [holder] = folders
    .filter(({ path }) => isIn(place, path))
    .toSorted((a, b) => b.path.length - a.path.length);
  return inside.length > 0 || !holder ? inside : [holder];
};

it('allows each folder only what stands above it', () => {
  expect(findUpward(FOLDERS)).toEqual([]);
});

it('finds a folder that stands below, even inside a place whose other folders stand above', () => {
  const folders = [
    { path: 'proof/a', holds: '', mayImport: [] },
    { path: 'support', holds: '', mayImport: ['proof/a', 'proof'] },
    { path: 'proof/b', holds: '', mayImport: ['support/file.ts', 'proof/b/file.ts'] },
    { path: 'proof/b/c', holds: '', mayImport: ['proof/b/file.ts'] },
    { path: 'proof', holds: '', mayImport: [] },
  ];
  expect(findUpward(folders)).toEqual(['support: proof', 'proof/b: proof/b/file.ts']);
});

it('knows every source file, whatever its folder and its ending', () => {
  const named = ['src/widget/main.ts', 'examples/resume/page.js', 'test/architecture/imports.ts'];
  expect(SOURCES).toEqual(expect.arrayContaining(named));
  expect(SOURCES.filter((file) => /^(node_modules|dist|cdk\.out)\//.test(file))).toEqual([]);
});

it('allows nothing that no file needs', () => {
  const unused = FOLDERS.flatMap((folder) => {
    const imported = SOURCES.filter((file) => folderOf(file) === folder).flatMap(importsOf);
    return folder.mayImport
      .filter((place) => !imported.some((path) => isIn(path, place)))
      .map((place) => `${folder.path}: ${place}`);
  });
  expect(unused).toEqual([]);
});

it('has no import circle, type imports included', () => {
  expect(findCircle(SOURCES, importsOf)).toBeUndefined();
});

it('finds a circle where there is one', () => {
  const imports: Record<string, string[]> = { a: ['b'], b: ['c', 'd'], c: [], d: ['b'] };
  expect(findCircle(['a'], (file) => imports[file] ?? [])).toEqual(['b', 'd', 'b']);
});

it('keeps the SDK, the clock, chance and the environment out of the domain', () => {
  for (const file of SOURCES.filter((path) => isIn(path, 'src/domain'))) {
    expect({ file, text: readFileSync(file, 'utf8') }).toEqual({
      file,
      text: expect.not.stringMatching(/@aws-sdk|process\.|Date\.now|new Date\(\)|Math\.random/),
    });
  }
});

it('lets only counter-step.ts of the specification know the code', () => {
  const knowing = SOURCES.filter((file) => isIn(file, 'proof/specification'))
    .filter((file) => importsOf(file).some((path) => !isIn(path, 'proof/specification')))
    .map((file) => [file, importsOf(file).filter((path) => isIn(path, 'src'))]);
  expect(knowing).toEqual([['proof/specification/counter-step.ts', ['src/domain/counter.ts']]]);
});

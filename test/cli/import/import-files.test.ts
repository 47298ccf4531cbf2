import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { nameImportFiles } from '../../../src/cli/import/import-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { run } = useCommandTarget();
const SEEN_AT = '2024-05-01T12:00:00';
const row = (name: string, first = SEEN_AT): string =>
  JSON.stringify({
    session_hash: name.padEnd(22, '0'),
    first_accessed: first,
    last_accessed: SEEN_AT,
  });

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'rows.jsonl');
  // The second is rejected, so that there is something to write.
  writeFileSync(file, [row('a'), row('b', 'soon')].join('\n'));
});
const importFile = (...args: string[]) => run('import', '--from-file', file, ...args);
// A link is all that a fault can destroy.
const linked = (link: (to: string, name: string) => void, to: string): string => {
  const name = join(folder, 'linked');
  link(to, name);
  return name;
};
const contentOf = (name: string): string => readFileSync(name, 'utf8');

describe.each(['--rejects', '--state'])('%s', (option) => {
  it.each([
    ['its own name', () => file],
    ['another spelling', () => relative(process.cwd(), join(folder, '.', 'x', '..', 'rows.jsonl'))],
    ['a link', () => linked(symlinkSync, file)],
    ['a hard link', () => linked(linkSync, file)],
  ])('is never what is imported, by %s', async (_, spell) => {
    const before = contentOf(file);
    const { code, err } = await importFile(option, spell());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is what is imported') });
    expect(contentOf(file)).toBe(before);
  });

  it.each([
    ['a text', 'a letter to a friend'],
    ['lines of JSON', `${row('x')}\n${row('y')}\n`],
    ['nothing but a line end', '\n'],
  ])('is never a file that holds %s', async (_, content) => {
    const other = join(folder, 'other');
    writeFileSync(other, content);
    const { code, err } = await importFile(option, other);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('did not make it') });
    expect(contentOf(other)).toBe(content);
  });

  it('is never a file of another import', async () => {
    const others = join(folder, 'others.jsonl');
    writeFileSync(others, row('c', 'soon'));
    await run('import', '--from-file', others);
    const rejects = `${others}.import-rejects`;
    const before = contentOf(rejects);
    const { code, err } = await importFile(option, rejects);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('import-rejects of') });
    expect(contentOf(rejects)).toBe(before);
  });

  it.each([
    ['a folder', () => folder, 2, 'is a folder'],
    ['a device', () => linked(symlinkSync, '/dev/full'), 2, 'is no file on a disk'],
    ['a link to nothing', () => linked(symlinkSync, '/nowhere/x'), 3, 'there'],
    ['in no folder', () => join(folder, 'none', 'x'), 3, 'is not there'],
    ['in a file', () => join(file, 'x'), 3, 'no folder'],
    ['where nobody writes', () => '/proc/self/x', 3, 'is not there'],
    ['without a name', () => '', 2, 'must have a value'],
  ])('that is %s is answered with a sentence', async (_, name, code, says) => {
    const given = name();
    const before = readdirSync(folder);
    const result = await importFile(option, given);
    expect(result).toMatchObject({ code, err: expect.stringContaining(says) });
    expect(result.err).not.toMatch(/E[A-Z]+: /);
    expect(readdirSync(folder)).toEqual(before);
  });
});

it('one file cannot be both', async () => {
  const both = join(folder, 'both');
  const { code, err } = await importFile('--rejects', both, '--state', `${folder}/./both`);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('two files') });
  expect(existsSync(both)).toBe(false);
});

describe('the files of an import', () => {
  it('stand beside what is imported, and only those of use remain', async () => {
    expect((await importFile()).out).toContain(`rejected       1, see ${file}.import-rejects\n`);
    expect(readdirSync(folder)).toEqual(['rows.jsonl', 'rows.jsonl.import-rejects']);
    writeFileSync(file, row('a'));
    expect((await importFile()).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['rows.jsonl']);
  });

  it('stand beside a folder, and are no rows of it wherever they are', async () => {
    const rows = join(folder, 'rows');
    mkdirSync(rows);
    writeFileSync(join(rows, '1.jsonl'), row('a', 'soon'));
    const args = ['import', '--json', '--from-file', `${rows}/`];
    await run(...args);
    expect(existsSync(`${rows}.import-rejects`)).toBe(true);
    for (let round = 0; round < 2; round += 1) {
      const { out } = await run(...args, '--rejects', join(rows, '2.jsonl'));
      expect(JSON.parse(out)).toMatchObject({ read: 1, rejected: 1 });
    }
    const { code, err } = await run('import', '--from-file', join(rows, '2.jsonl'));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('holds no data') });
  });

  it('of a table stand in the folder that git ignores', () => {
    expect(nameImportFiles({ table: 'visitors' }, { state: 'x' })).toEqual({
      ...{ rejects: 'data/imports/visitors.import-rejects', state: 'x' },
    });
  });

  it('are not there after a dry run, nor named by it', async () => {
    const { code, out } = await importFile('--dry-run');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('can be imported 1\n') });
    expect(out).not.toContain('rejects');
    expect(readdirSync(folder)).toEqual(['rows.jsonl']);
  });
});

it('a file is read once, however often and by what name it is given', async () => {
  symlinkSync(file, join(folder, 'link.jsonl'));
  const again = ['--from-file', join(folder, 'link.jsonl'), '--from-file', folder];
  const { out } = await importFile(...again, '--json');
  expect(JSON.parse(out)).toMatchObject({ read: 2 });
});

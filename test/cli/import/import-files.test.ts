import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { nameImportFiles } from '../../../src/cli/import/import-files.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { tableOptions } from '../../support/counter-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
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
  // The second is rejected, so that there is a reject to write.
  writeFileSync(file, [row('a'), row('b', 'soon')].join('\n'));
});
const importFile = (...args: string[]) => run('import', '--from-file', file, ...args);
// If the code is broken, only a link can be lost.
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
  ])('is never the imported file, by %s', async (_, spell) => {
    const before = contentOf(file);
    const { code, err } = await importFile(option, spell());
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('is the file to import'),
    });
    expect(contentOf(file)).toBe(before);
  });

  it.each([
    ['a text', 'a letter to a friend'],
    ['lines of JSON', `${row('x')}\n${row('y')}\n`],
    ['only a newline', '\n'],
  ])('is never a file that contains %s', async (_, content) => {
    const other = join(folder, 'other');
    writeFileSync(other, content);
    const { code, err } = await importFile(option, other);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('was not created by this command'),
    });
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
    ['a directory', () => folder, 2, 'is a directory'],
    ['a device', () => linked(symlinkSync, '/dev/full'), 2, 'is not a regular file'],
    ['a dangling link', () => linked(symlinkSync, '/nowhere/x'), 3, 'exist'],
    ['in a missing directory', () => join(folder, 'none', 'x'), 3, 'does not exist'],
    ['in a file', () => join(file, 'x'), 3, 'not a directory'],
    ['in a read-only place', () => '/proc/self/x', 3, 'does not exist'],
    ['empty', () => '', 2, 'needs a value'],
  ])('%s is refused with a readable message', async (_, name, code, says) => {
    const given = name();
    const before = readdirSync(folder);
    const result = await importFile(option, given);
    expect(result).toMatchObject({ code, err: expect.stringContaining(says) });
    expect(result.err).not.toMatch(/E[A-Z]+: /);
    expect(readdirSync(folder)).toEqual(before);
  });
});

it('--rejects and --state cannot be the same file', async () => {
  const both = join(folder, 'both');
  const { code, err } = await importFile('--rejects', both, '--state', `${folder}/./both`);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('different files') });
  expect(existsSync(both)).toBe(false);
});

describe('the files of an import', () => {
  it('are next to the imported file, and are deleted when no longer needed', async () => {
    expect((await importFile()).out).toContain(`rejected       1, see ${file}.import-rejects\n`);
    expect(readdirSync(folder)).toEqual(['rows.jsonl', 'rows.jsonl.import-rejects']);
    writeFileSync(file, row('a'));
    expect((await importFile()).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['rows.jsonl']);
  });

  it('are next to an imported folder, and are never imported themselves', async () => {
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
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is not a data file') });
  });

  it('of a table are in a folder that the first import creates', async () => {
    const older = `older-${database().tables.SESSIONS_TABLE}`;
    await ensureTable(database().client, older, { partitionKey: 'session_hash' });
    const main = resolve('src/cli/main.ts');
    const args = ['import', '--from-table', older, ...tableOptions(database())];
    const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'data'))).toEqual(['imports']);
  });

  it('of a table are in a folder that git ignores', () => {
    expect(nameImportFiles({ table: 'visitors' }, { state: 'x' })).toEqual({
      ...{ rejects: 'data/imports/visitors.import-rejects', state: 'x' },
    });
  });

  it('are neither created nor mentioned by a dry run', async () => {
    const { code, out } = await importFile('--dry-run');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('importable      1\n') });
    expect(out).not.toContain('rejects');
    expect(readdirSync(folder)).toEqual(['rows.jsonl']);
  });
});

it('a file is read once, even if it is given several times or by several names', async () => {
  symlinkSync(file, join(folder, 'link.jsonl'));
  const again = ['--from-file', join(folder, 'link.jsonl'), '--from-file', folder];
  const { out } = await importFile(...again, '--json');
  expect(JSON.parse(out)).toMatchObject({ read: 2 });
});

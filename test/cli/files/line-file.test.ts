import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileHeader } from '../../../src/cli/files/file-header.ts';
import { openLineFile } from '../../../src/cli/files/line-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MARK: FileHeader = { kind: 'recording', of: 'a stream' };
const FIRST = '{"session-counter":"recording","of":"a stream"}\n';
let name: string;
beforeEach(() => {
  name = join(temporaryFolder(), 'lines');
});
const content = (): string => readFileSync(name, 'utf8');
const open = () => openLineFile(name, MARK);

/** Runs code on the file in a process that limits files to this size. */
const runWithin = (kilobytes: number, code: string) => {
  const source = `
    import { openLineFile } from './src/cli/files/line-file.ts';
    const file = openLineFile(process.env.NAME, ${JSON.stringify(MARK)});
    ${code}`;
  const limited = 'ulimit -f "$0"; exec "$@"';
  const node = [process.execPath, '--input-type=module-typescript', '--eval', source];
  const env = { ...process.env, NAME: name };
  return spawnSync('bash', ['-c', limited, `${kilobytes}`, ...node], { env, encoding: 'utf8' });
};

describe('a file of lines', () => {
  it('starts with its header, and is appended to when it is reopened', () => {
    const first = open();
    first.append(['one', 'two']);
    first.close();
    const again = open();
    expect(again.bytes()).toBe(8);
    again.append(['three']);
    again.close();
    expect(content()).toBe(`${FIRST}one\ntwo\nthree\n`);
  });

  it('may have been empty', () => {
    writeFileSync(name, '');
    open().append(['one']);
    expect(content()).toBe(`${FIRST}one\n`);
  });

  it('loses a partial line that a kill left behind', () => {
    open().append(['one']);
    appendFileSync(name, 'tw');
    open().append(['three']);
    expect(content()).toBe(`${FIRST}one\nthree\n`);
  });

  it('can be truncated to an earlier length, and deleted', () => {
    const file = open();
    file.append(['one']);
    const bytes = file.bytes();
    file.append(['two']);
    file.truncateTo(bytes);
    file.append(['three']);
    expect(content()).toBe(`${FIRST}one\nthree\n`);
    file.remove();
    expect(existsSync(name)).toBe(false);
  });

  it('is deleted through a link, which remains', () => {
    const link = `${name}-link`;
    open().close();
    symlinkSync(name, link);
    openLineFile(link, MARK).remove();
    expect(existsSync(name)).toBe(false);
    expect(() => open().close()).not.toThrow();
  });

  it('contains all of the appended lines or none, when the disk is full', () => {
    const long = JSON.stringify('x'.repeat(700));
    const { stdout } = runWithin(
      1,
      `file.append([${long}]);
       try { file.append(['a', ${long}]); } catch (error) { console.log(error.name, error.message); }
       file.append(['b']);`,
    );
    expect(stdout).toBe(`CommandError ${name} has reached the maximum file size\n`);
    expect(content()).toBe(`${FIRST}${'x'.repeat(700)}\nb\n`);
  });

  it('is not left behind if there is no room for its header', () => {
    expect(runWithin(0, '').stderr).toContain('maximum file size');
    expect(existsSync(name)).toBe(false);
  });
});

describe('a file of lines fails', () => {
  it.each([
    ['it was moved', () => renameSync(name, `${name}-moved`), 'was moved or deleted'],
    ['another process writes to it', () => appendFileSync(name, 'x'), 'Another process is writing'],
  ])('when %s', (_, interfere, says) => {
    const file = open();
    interfere();
    expect(() => file.append(['one'])).toThrow(says);
    file.remove();
    expect(existsSync(`${name}-moved`)).toBe(says.includes('moved'));
  });
});

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openExportFile, standardOutput } from '../../../src/cli/export/export-output.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'out.csv');
});
const content = () => readFileSync(file, 'utf8');

describe('a new file', () => {
  it('is empty until the export is complete, and then the only one', async () => {
    const output = openExportFile(file, false);
    await output.write('first\n');
    expect(content()).toBe('');
    await output.write('second\n');
    output.finish();
    expect(content()).toBe('first\nsecond\n');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('is taken: another export does not get the name', () => {
    const output = openExportFile(file, false);
    expect(() => openExportFile(file, false)).toThrow('already exists');
    output.discard();
  });

  it('is gone when the export is discarded, with everything that it wrote', async () => {
    const output = openExportFile(file, false);
    await output.write('first\n');
    output.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a file that is replaced', () => {
  beforeEach(() => writeFileSync(file, 'before'));

  it('stays as it was until the export is complete', async () => {
    const output = openExportFile(file, true);
    await output.write('after');
    expect(content()).toBe('before');
    output.finish();
    expect(content()).toBe('after');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('stays as it was when the export is discarded', async () => {
    const output = openExportFile(file, true);
    await output.write('after');
    output.discard();
    expect(content()).toBe('before');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('may be named by a link, which stays', async () => {
    const link = join(folder, 'link.csv');
    symlinkSync(file, link);
    const output = openExportFile(link, true);
    await output.write('after');
    output.finish();
    expect(content()).toBe('after');
    expect(readlinkSync(link)).toBe(file);
  });
});

it('a folder, a device and a missing folder are refused, replaced or not', () => {
  mkdirSync(file);
  for (const isReplaced of [true, false]) {
    expect(() => openExportFile(file, isReplaced)).toThrow('is a directory, not a file');
    expect(() => openExportFile('/dev/null', isReplaced)).toThrow('is not a regular file');
    const missing = join(folder, 'none', 'out.csv');
    expect(() => openExportFile(missing, isReplaced)).toThrow('does not exist');
    expect(existsSync(missing)).toBe(false);
  }
});

it('standard output that was closed is reported', async () => {
  const write = async () => {
    throw new Error('write EPIPE');
  };
  await expect(standardOutput({ write }).write('a')).rejects.toThrow(
    'Standard output was closed before the export was complete (write EPIPE)',
  );
});

it('a full disk below standard output is reported as one', async () => {
  const write = async () => {
    throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', errno: -28 });
  };
  await expect(standardOutput({ write }).write('a')).rejects.toThrow(
    'The disk is full: cannot write standard output',
  );
});

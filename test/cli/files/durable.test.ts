import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { appendDurably, appendFlags, syncFolder } from '../../../src/cli/files/durable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PLATFORMS = ['linux', 'win32'] as const;

/** An existing file with the line `header`, opened as on the platform. */
const openOn = (platform: NodeJS.Platform) => {
  const name = join(temporaryFolder(), 'lines');
  writeFileSync(name, 'header\n');
  const descriptor = openSync(name, appendFlags(platform));
  onTestFinished(() => closeSync(descriptor));
  return { name, descriptor };
};

it.each(PLATFORMS)('appends to the end of an existing file, opened as on %s', (platform) => {
  const { name, descriptor } = openOn(platform);
  expect(appendDurably(descriptor, 'é\n')).toBe(3);
  appendDurably(descriptor, 'two\n');
  expect(readFileSync(name, 'utf8')).toBe('header\né\ntwo\n');
});

it.each(PLATFORMS)(
  'appends to the end after the file was truncated, opened as on %s',
  (platform) => {
    const { name, descriptor } = openOn(platform);
    appendDurably(descriptor, 'one\n');
    ftruncateSync(descriptor, 'header\n'.length);
    appendDurably(descriptor, 'two\n');
    expect(readFileSync(name, 'utf8')).toBe('header\ntwo\n');
  },
);

it('writes the entries of a folder to disk, but not on Windows, which cannot', () => {
  const missing = join(temporaryFolder(), 'missing');
  expect(() => syncFolder(temporaryFolder(), 'linux')).not.toThrow();
  expect(() => syncFolder(missing, 'linux')).toThrow('ENOENT');
  expect(() => syncFolder(missing, 'win32')).not.toThrow();
});

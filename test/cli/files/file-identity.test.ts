import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileIdentity } from '../../../src/cli/files/file-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A folder, and a link to it. */
const linkedFolder = () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'folder');
  const link = join(parent, 'link');
  mkdirSync(folder);
  symlinkSync(folder, link);
  return { folder, link };
};

it('is the same under every name of a file', () => {
  const { folder, link } = linkedFolder();
  writeFileSync(join(folder, 'one'), '');
  linkSync(join(folder, 'one'), join(folder, 'two'));
  const names = [join(link, 'one'), join(folder, 'two'), join(folder, '../folder/one')];
  const identities = names.map(fileIdentity);
  expect(new Set(identities)).toEqual(new Set([fileIdentity(join(folder, 'one'))]));
});

it.each(['new', 'new/folder/file'])(
  'is the same for a file that does not exist yet: %s',
  (name) => {
    const { folder, link } = linkedFolder();
    expect(fileIdentity(join(link, name))).toBe(fileIdentity(join(folder, name)));
    expect(fileIdentity(join(link, name))).not.toBe(fileIdentity(join(folder, 'other')));
  },
);

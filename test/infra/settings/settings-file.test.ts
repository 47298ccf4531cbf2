import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { readSettingsFile, writeSettingsFile } from '../../../infra/settings/settings-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHANGED = {
  ...DEFAULTS,
  name: 'blog',
  allowedOrigins: ['https://a.example', 'https://b.example'],
  retentionDays: 'forever',
  alarmEmail: 'me@example.com',
} as const;

it.each([DEFAULTS, CHANGED])('reads back what it wrote: $name', (settings) => {
  const file = join(temporaryFolder(), 'counter.json');
  writeSettingsFile(file, settings);
  expect(readSettingsFile(file)?.settings).toEqual(settings);
});

it('writes every setting and the path of the schema', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeSettingsFile(file, CHANGED);
  const { $schema, ...settings } = JSON.parse(readFileSync(file, 'utf8'));
  expect(settings).toEqual(CHANGED);
  expect(existsSync(resolve(dirname(file), $schema))).toBe(true);
});

it('leaves out the schema that is outside the project, as npx installs it', () => {
  const before = process.cwd();
  const file = join(temporaryFolder(), 'counter.json');
  try {
    process.chdir(dirname(file));
    writeSettingsFile(file, CHANGED);
  } finally {
    process.chdir(before);
  }
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(CHANGED);
});

it('never overwrites a file', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeFileSync(file, 'mine');
  expect(() => writeSettingsFile(file, DEFAULTS)).toThrow(
    `${file}: the settings could not be written`,
  );
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('returns undefined for a missing file', () => {
  expect(readSettingsFile(join(temporaryFolder(), 'none.json'))).toBeUndefined();
});

it('refuses a folder', () => {
  const file = join(temporaryFolder(), 'counter.json');
  mkdirSync(file);
  expect(() => readSettingsFile(file)).toThrow(
    `${file}: the settings could not be read: it is a folder, not a file`,
  );
});

it.skipIf(process.getuid?.() === 0)('refuses a file that it has no permission to read', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeFileSync(file, '{}');
  chmodSync(file, 0);
  expect(() => readSettingsFile(file)).toThrow(`${file}: the settings could not be read: EACCES`);
});

it('names the counter after the file', () => {
  const file = join(temporaryFolder(), 'blog.json');
  writeFileSync(file, '{}');
  expect(readSettingsFile(file)?.settings.name).toBe('blog');
});

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { readSettingsFile, writeSettingsFile } from '../../../infra/settings/settings-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ODD = {
  ...DEFAULTS,
  name: 'blog',
  allowedOrigins: ['https://a.example', 'https://b.example'],
  retentionDays: 'forever',
  alarmEmail: 'me@example.com',
} as const;

it.each([DEFAULTS, ODD])('reads back what it wrote: $name', (settings) => {
  const file = join(temporaryFolder(), 'counter.json');
  writeSettingsFile(file, settings);
  expect(readSettingsFile(file)?.settings).toEqual(settings);
});

it('writes every setting, and where the schema is', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeSettingsFile(file, ODD);
  const { $schema, ...settings } = JSON.parse(readFileSync(file, 'utf8'));
  expect(settings).toEqual(ODD);
  expect(existsSync(resolve(dirname(file), $schema))).toBe(true);
});

it('never overwrites a file', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeFileSync(file, 'mine');
  expect(() => writeSettingsFile(file, DEFAULTS)).toThrow(
    `${file}: the settings cannot be written`,
  );
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('says that a file is missing by its absence', () => {
  expect(readSettingsFile(join(temporaryFolder(), 'none.json'))).toBeUndefined();
});

it('refuses a folder', () => {
  const file = join(temporaryFolder(), 'counter.json');
  mkdirSync(file);
  expect(() => readSettingsFile(file)).toThrow(
    `${file}: the settings cannot be read: it is a folder, not a file`,
  );
});

it.skipIf(process.getuid?.() === 0)('refuses a file that it may not read', () => {
  const file = join(temporaryFolder(), 'counter.json');
  writeFileSync(file, '{}');
  chmodSync(file, 0);
  expect(() => readSettingsFile(file)).toThrow(`${file}: the settings cannot be read: EACCES`);
});

it('names a counter after its file', () => {
  const file = join(temporaryFolder(), 'blog.json');
  writeFileSync(file, '{}');
  expect(readSettingsFile(file)?.settings.name).toBe('blog');
});

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CounterSettings, SETTING_NAMES } from './counter-settings.ts';
import { type FileSettings, parseSettings } from './parse-settings.ts';
import { SettingsError } from './settings-error.ts';

/** Names the settings file for the app, which the `cdk` command starts; `--settings` sets it. */
export const SETTINGS_VARIABLE = 'SESSION_COUNTER_SETTINGS';

/** Set to `defaults`, it lets the app do without the file; only `synth` sets it. */
export const MISSING_VARIABLE = 'SESSION_COUNTER_IF_MISSING';

export const DEFAULT_FILE = 'session-counter.json';

const SCHEMA = fileURLToPath(new URL('session-counter.schema.json', import.meta.url));

/** The name of a counter whose file does not set one: `blog` for `sites/blog.json`. */
export const nameAfterFile = (file: string): string => basename(file, extname(file));

/** The settings in `file`; undefined when there is no such file. Throws a SettingsError. */
export const readSettingsFile = (file: string): FileSettings | undefined => {
  const text = readText(file);
  return text === undefined
    ? undefined
    : parseSettings(text, { file, defaultName: nameAfterFile(file) });
};

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const problem = code === 'EISDIR' ? 'it is a folder, not a file' : message;
    throw new SettingsError(file, [`the settings could not be read: ${problem}`], { cause });
  }
};

/**
 * Creates a file with every setting. Throws a SettingsError when it already exists or cannot be
 * written; a full disk leaves no partial file.
 */
export const writeSettingsFile = (file: string, settings: CounterSettings): void => {
  try {
    writeFileSync(file, formatSettings(file, settings), { flag: 'wx' });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') rmSync(file, { force: true });
    throw new SettingsError(file, [`the settings could not be written: ${message}`], { cause });
  }
};

// A list on one line, as the formatter of this repository wants it.
const formatSettings = (file: string, settings: CounterSettings): string => {
  const entries = [
    ...findSchema(file),
    ...SETTING_NAMES.map((name) => [name, settings[name]] as const),
  ];
  const lines = entries.map(([name, value]) => `  "${name}": ${onOneLine(value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
};

// For the editor of whoever has the project. npx may run this code from a folder of its own.
const findSchema = (file: string): [string, string][] => {
  if (relative('', SCHEMA).startsWith('..')) return [];
  const path = relative(dirname(file), SCHEMA).split(sep).join('/');
  return [['$schema', path.startsWith('.') ? path : `./${path}`]];
};

const onOneLine = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]`
    : JSON.stringify(value);

import { SettingsError } from './settings-error.ts';

/** The JSON object in `text`. Throws a SettingsError that names the line at which it breaks off. */
export const parseJsonObject = (text: string, file: string): Record<string, unknown> => {
  // Editors of Windows begin a file with it.
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '')
    throw new SettingsError(file, ['the file is empty; {} takes all defaults']);
  const value = parseJson(json, file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SettingsError(file, ['it must hold one JSON object, { … }']);
};

const parseJson = (json: string, file: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const { message } = cause as Error;
    const problem = `line ${lineOf(message, json)} is not JSON (no comments, no comma at the end): ${message}`;
    throw new SettingsError(file, [problem], { cause });
  }
};

// Without a position it is the end that came too soon.
const lineOf = (message: string, json: string): number => {
  const position = /at position (\d+)/.exec(message)?.[1];
  return json
    .trimEnd()
    .slice(0, Number(position ?? json.length))
    .split('\n').length;
};

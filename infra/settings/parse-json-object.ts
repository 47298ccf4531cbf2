import { SettingsError } from './settings-error.ts';

/** The JSON object in `text`. Throws a SettingsError that names the line where parsing failed. */
export const parseJsonObject = (text: string, file: string): Record<string, unknown> => {
  // Windows editors write a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '')
    throw new SettingsError(file, ['the file is empty; {} takes all defaults']);
  const value = parseJson(json, file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SettingsError(file, ['it must contain one JSON object, { … }']);
};

const parseJson = (json: string, file: string): unknown => {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const { message } = cause as Error;
    const problem = `line ${lineOf(message, json)} is not valid JSON (no comments, no trailing comma): ${message}`;
    throw new SettingsError(file, [problem], { cause });
  }
};

// An error without a position is an unexpected end.
const lineOf = (message: string, json: string): number => {
  const position = /at position (\d+)/.exec(message)?.[1];
  return json
    .trimEnd()
    .slice(0, Number(position ?? json.length))
    .split('\n').length;
};

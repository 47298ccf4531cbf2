import { MARK, type ObservedLine } from '../observer/observed-line.ts';

/**
 * Parses a line of the observer; returns undefined for any other line, such as Lambda's own. Throws a
 * SyntaxError for an incomplete line of the observer.
 */
export const parseLine = (text: string): ObservedLine | undefined => {
  const line = parseJson(text);
  if (typeof line !== 'object' || line === null || !('observer' in line)) return undefined;
  if (isLine(line as Fields)) return line as unknown as ObservedLine;
  throw new SyntaxError('Incomplete line of the observer');
};

// A truncated line is recognised by its beginning.
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.startsWith('{"observer"')) throw error;
    return undefined;
  }
};

type Fields = Readonly<Record<string, unknown>>;

const isLine = (line: Fields): boolean => {
  const hasOrigin =
    line.observer === MARK &&
    [line.at, line.call].every(Number.isSafeInteger) &&
    typeof line.container === 'string';
  return hasOrigin && (HAS_FIELDS[String(line.kind)]?.(line) ?? false);
};

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const HAS_FIELDS: Readonly<Record<string, (line: Fields) => boolean>> = {
  began: (line) =>
    [line.shardId, line.previous, line.windowStart, line.plan].every(isTextOrNull) &&
    [line.part, line.parts, line.count, line.limitMs].every(Number.isSafeInteger) &&
    [line.numbers, line.times, line.names, line.ids].every((text) => typeof text === 'string'),
  ended: (line) => isTextOrNull(line.shardId) && typeof line.isTaken === 'boolean',
  shards: (line) =>
    Array.isArray(line.shards) &&
    line.shards.every((pair) => Array.isArray(pair) && pair.every(isTextOrNull)),
};

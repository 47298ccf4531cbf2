import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

/**
 * The values of `args` after these options. Throws a UsageError for any other argument, and for a
 * value that is empty, as that of a variable which is not set.
 */
export const parseOptions = <const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) => {
  const { values } = parse(args, options);
  for (const [name, value] of Object.entries(values)) {
    const isEmpty = [value].flat().includes('');
    if (isEmpty) throw new UsageError(`--${name} must have a value, but it is empty`);
  }
  return values;
};

const parse = <const Options extends ParseArgsOptionsConfig>(args: string[], options: Options) => {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
};

/** What a number may be, both limits included. */
export interface NumberRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A whole number. Throws a UsageError that names the option when it is none, or out of range. */
export const parseWholeNumber = (
  option: string,
  text: string | undefined,
  range: NumberRange,
): number => {
  if (text === undefined) return range.default;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  throw new UsageError(
    `${option} must be a whole number from ${range.min} to ${range.max}, but it is "${text}"`,
  );
};

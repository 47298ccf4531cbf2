import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

/**
 * Parses `args` by these options. Throws a UsageError for an unknown argument, and for an empty
 * value, such as that of an unset shell variable.
 */
export const parseOptions = <const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) => {
  const { values } = parse(args, options);
  for (const [name, value] of Object.entries(values)) {
    const isEmpty = [value].flat().includes('');
    if (isEmpty) throw new UsageError(`--${name} needs a value, but it is empty`);
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

/** The values that a number may have, both limits included. */
export interface NumberRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Parses a whole number. Throws a UsageError that names the option if it is invalid or out of
 * range.
 */
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

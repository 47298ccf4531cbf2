import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

/**
 * Parses `args` by these options. Throws a UsageError for an unknown argument, for an option with two values that takes
 * one, and for an empty value, such as that of an unset shell variable.
 */
export const parseOptions = <const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) => {
  const { values } = parse(args, options, false);
  assertNoEmpty(values);
  return values;
};

/**
 * Parses `args` by these options, and the arguments that are none, such as the name of a counter. Throws a
 * UsageError like `parseOptions`.
 */
export const parseArguments = <const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) => {
  const { values, positionals } = parse(args, options, true);
  assertNoEmpty(values);
  return { values, positionals };
};

const assertNoEmpty = (values: Readonly<Record<string, unknown>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const isEmpty = [value].flat().includes('');
    if (isEmpty) throw new UsageError(`--${name} needs a value, but it is empty`);
  }
};

const parse = <const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
  allowPositionals: boolean,
) => {
  assertGivenOnce(args, options);
  try {
    return parseArgs({ args, options, strict: true, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
};

// parseArgs would use the last value, which may not be the one that is meant.
const assertGivenOnce = (args: string[], options: ParseArgsOptionsConfig): void => {
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.value === undefined) continue;
    if (given.has(token.name) && options[token.name]?.multiple !== true)
      throw new UsageError(`--${token.name} is given more than once; give it one value`);
    given.add(token.name);
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

import type { Duration } from 'aws-cdk-lib';
import { InvalidPropError } from './invalid-prop-error.ts';

/** A prop that is a whole number or a duration of whole units; both limits are included. */
export interface NumericProp {
  readonly prop: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface DurationProp extends NumericProp {
  readonly unit: 'seconds' | 'minutes' | 'days';
}

/** The given number, or else the default. Throws an InvalidPropError when it is out of range. */
export const checkNumber = (definition: NumericProp, given = definition.default): number => {
  if (isWithin(given, definition)) return given;
  throw new InvalidPropError(definition.prop, describeRange(definition), given);
};

/**
 * The given duration in whole units, or else the default. Throws an InvalidPropError when it is out
 * of range or holds a fraction of a unit; `more` ends its description of what was expected.
 */
export const checkDuration = (
  definition: DurationProp,
  given: Duration | undefined,
  more = '',
): number => {
  const { prop, unit } = definition;
  if (given === undefined) return definition.default;
  const amount = AMOUNT_IN[unit](given);
  if (isWithin(amount, definition)) return amount;
  const expected = `${describeRange(definition)} whole ${unit}${more}`;
  throw new InvalidPropError(prop, expected, given.toHumanString());
};

const AMOUNT_IN = {
  seconds: (duration: Duration) => duration.toSeconds({ integral: false }),
  minutes: (duration: Duration) => duration.toMinutes({ integral: false }),
  days: (duration: Duration) => duration.toDays({ integral: false }),
};

type Range = Pick<NumericProp, 'min' | 'max'>;

/** Whether the number is whole and in the range. */
export const isWithin = (number: number, { min, max }: Range): boolean =>
  Number.isInteger(number) && number >= min && number <= max;

/** The range in words, such as `1 to 64`. */
export const describeRange = ({ min, max }: Range): string => `${min} to ${max}`;

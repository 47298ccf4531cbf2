import { CloudWatchError } from '../cloudwatch-error.ts';

/** An error about what a filter pattern has at a position, counted from 1. */
export const patternError = (
  pattern: string,
  at: number,
  found: string,
  expected: string,
): CloudWatchError =>
  new CloudWatchError(
    `The filter pattern \`${pattern}\` has ${found} at position ${at}; expected ${expected}.`,
  );

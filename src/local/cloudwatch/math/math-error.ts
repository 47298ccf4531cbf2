import { CloudWatchError } from '../cloudwatch-error.ts';

/** An error about a position of an expression, counted from 1. */
export const mathError = (expression: string, at: number, problem: string): CloudWatchError =>
  new CloudWatchError(`The metric math \`${expression}\` ${problem} at position ${at}.`);

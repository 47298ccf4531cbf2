import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { integer, markdownTable } from '../markdown.ts';
import { CALL_TIMES, type MeasuredFunction, timesWith } from './call-times.ts';
import { PRICES } from './prices.ts';

const SIZES_MEGABYTES = [128, 256, 512, 1_024, 1_769];

const MILLION = 1_000_000;

/**
 * What each size of memory means for each function: how long a call takes, and what it costs at list price.
 * The chosen size is bold.
 */
export const memoryTable = (): string =>
  markdownTable(
    [
      ...['function', 'MB', 'start, ms', 'first call, ms', 'together', 'later call, ms'],
      ...['USD for a million later calls', 'USD for a million starts'],
    ],
    (Object.keys(CALL_TIMES) as MeasuredFunction[]).flatMap((name) =>
      SIZES_MEGABYTES.map((megabytes) => rowOf(name, megabytes)),
    ),
  );

const rowOf = (name: MeasuredFunction, megabytes: number): string[] => {
  const { start, first, later } = timesWith(name, megabytes);
  const isChosen = FUNCTION_LIMITS[name].memoryMegabytes === megabytes;
  const size = integer(megabytes);
  return [
    ...[name, isChosen ? `**${size}**` : size],
    ...[start, first, start + first, later].map(integer),
    (MILLION * priceOf(later, megabytes)).toFixed(2),
    (MILLION * priceOf(start + first, megabytes)).toFixed(2),
  ];
};

/** USD, at list price. */
const priceOf = (ms: number, megabytes: number): number =>
  (ms / 1_000) * (megabytes / 1_024) * PRICES.lambdaDuration.usd;

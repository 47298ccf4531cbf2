import {
  isKept,
  isServable,
  type KeptReading,
  keepAfterFailure,
  keepReading,
  type Reading,
} from '../domain/kept-reading.ts';
import type { Log } from '../log.ts';

export interface ReaderDependencies<Value> {
  /** Reads as of `nowMs`, epoch milliseconds. Throws when it cannot. */
  readonly read: (nowMs: number) => Promise<Omit<Reading<Value>, 'askedMs'>>;
  readonly unitsPerSecond: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/** Reads a value or gives the one that it keeps, never older than a minute. Throws when it cannot. */
export type ReadKept<Value> = () => Promise<KeptReading<Value>>;

/**
 * A reader that keeps what it read, and reads again only as often as the budget allows. Calls at
 * the same time share one reading. When reading fails, the last value is served until it is a
 * minute old; then the error is thrown.
 */
export const createKeptReader = <Value>({
  read,
  unitsPerSecond,
  now,
  log,
}: ReaderDependencies<Value>): ReadKept<Value> => {
  let kept: KeptReading<Value> | undefined;
  let pending: Promise<KeptReading<Value>> | undefined;
  const readAgain = async (): Promise<KeptReading<Value>> => {
    const askedMs = now();
    const reading = { ...(await read(askedMs)), askedMs };
    // Lambda freezes a function between two requests, for minutes, and with it what it reads.
    return isServable(reading, now()) ? keepReading(reading, unitsPerSecond) : readAgain();
  };
  const refresh = async (): Promise<KeptReading<Value>> => {
    try {
      kept = await readAgain();
    } catch (error) {
      kept = keepAfterFailure(kept, now());
      if (!kept) throw error;
      log.warn('What is kept is served, because reading failed', error as Error);
    }
    return kept;
  };
  return async () => {
    if (kept && isKept(kept, now())) return kept;
    pending ??= refresh().finally(() => {
      pending = undefined;
    });
    return pending;
  };
};

import type { Log } from '../../src/runtime/log.ts';

/** A log that keeps its lines for the test. */
export interface KeptLog extends Log {
  readonly lines: unknown[][];
}

/** A log that prints nothing. */
export const createKeptLog = (): KeptLog => {
  const lines: unknown[][] = [];
  const keep = (...line: unknown[]): void => void lines.push(line);
  return { lines, warn: keep, error: keep };
};

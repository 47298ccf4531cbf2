import type { PlannedRecord } from '../world/records.ts';
import { START_MS } from '../world/start-time.ts';
import { DAY_MS } from './plain.ts';

/** The record of a row written when the world begins, and first visited a day before. */
export const oldRow = (row: string, sequence: bigint): PlannedRecord => ({
  ...{ kind: 'insert', row, sequence, firstMs: START_MS - DAY_MS },
  writtenMs: START_MS,
});

import type { Checkpoint } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { NOW, TODAY } from './stream-records.ts';

/** A checkpoint at the sequence number `digits`, written at `at` (epoch seconds). */
export const checkpoint = (digits: string, at = 1_795_456_800): Checkpoint => ({
  sequence: parseSequenceNumber(digits) as SequenceNumber,
  at,
});
/** The checkpoint after the first change of a shard. */
export const FIRST = checkpoint('100000000000000000000001');
/** The checkpoint after the second change. */
export const SECOND = checkpoint('100000000000000000000002');

/** The change by the first batch of a shard, with `parts` overridden. */
export const change = (parts: Partial<CounterChange> = {}): CounterChange => ({
  counter: SITE,
  shardId: 'shardId-00000001795456800000-a1b2c3d4',
  expectedCheckpoint: undefined,
  checkpoint: FIRST,
  started: 2,
  removed: 1,
  startedByDay: new Map([[TODAY, 2]]),
  removedByDay: new Map([[TODAY, 1]]),
  startedByMonth: new Map([[TODAY.slice(0, 7), 2]]),
  expired: { startedDays: [], removedDays: [], checkpoints: new Map() },
  packing: undefined,
  watermark: { expected: 0, next: 0 },
  updatedAt: NOW,
  rebuild: undefined,
  ...parts,
});

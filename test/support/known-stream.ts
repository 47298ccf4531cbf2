import type { KnownRecord } from '../../proof/specification/counter-step.ts';
import type { Checkpoint, Counter } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import { planChange } from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import type { SessionEvent } from '../../src/domain/session-event.ts';
import { tallyEvents } from '../../src/domain/tally.ts';

// Chosen so that the first sequence numbers have one digit, and the next two.
const FIRST_SEQUENCE = 8;

/** A record at this place of its shard, counted from 0, with `parts` overridden. */
export const knownRecord = (place: number, parts: Partial<KnownRecord> = {}): KnownRecord => ({
  ...{ sequence: BigInt(FIRST_SEQUENCE + place), kind: 'insert', writtenAt: 100 },
  ...{ firstMs: 100_000, isLost: false },
  ...parts,
});

/** The checkpoint that covers this many records of a shard, the newest written at `at`. */
export const checkpointAt = (place: number, at = 100): Checkpoint => ({
  sequence: sequenceOf(BigInt(FIRST_SEQUENCE + place - 1)),
  at,
});

const sequenceOf = (sequence: bigint): SequenceNumber =>
  parseSequenceNumber(String(sequence)) as SequenceNumber;

/** The change that the projector plans for a batch, given its last known counter. */
export const planBatch = (
  lastKnownCounter: Counter,
  shardId: string,
  records: readonly KnownRecord[],
): CounterChange | undefined => {
  const expectedCheckpoint = lastKnownCounter.checkpoints.get(shardId);
  const events = records.filter(({ isLost }) => !isLost).map(toEvent);
  const cutoffMs = lastKnownCounter.rebuild && Date.parse(lastKnownCounter.rebuild.cutoff);
  const { watermark } = lastKnownCounter;
  const tally = tallyEvents(events, { expectedCheckpoint, watermark, cutoffMs });
  return planChange({ counter: SITE, shardId, expectedCheckpoint, lastKnownCounter }, tally);
};

const TYPES = {
  insert: 'SessionStarted',
  retract: 'SessionRetracted',
  remove: 'SessionRemoved',
  restore: 'SessionRestored',
  other: 'SessionTouched',
} as const;

const toEvent = ({ kind, sequence, writtenAt, firstMs }: KnownRecord): SessionEvent => ({
  ...{ type: TYPES[kind], sequence: sequenceOf(sequence), firstMs },
  writtenAt: writtenAt === 0 ? undefined : writtenAt,
});

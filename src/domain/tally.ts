import type { Checkpoint, SessionCounts } from './counter.ts';
import { compareSequence, isAfter, type SequenceNumber } from './sequence-number.ts';
import type { CountedEvent, SessionEvent } from './session-event.ts';
import { addToDay, byUtcDay, dayNumber, type UtcDay } from './utc-day.ts';

/** What the new events of a batch add to the counter. */
export interface Tally {
  /** Sessions that started, less those that were retracted. */
  readonly started: number;
  /** Rows that were removed, less those that were restored. */
  readonly removed: number;
  /** The started sessions by the day of their first visit; those without a known day are in none. */
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  /** The removed rows, also by the day of their first visit. */
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  /** How many of both had their first visit on the day of the rebuild's cutoff, at or after it. */
  readonly afterCutoff: SessionCounts;
  /** Events at or before the checkpoint: already counted. */
  readonly duplicates: number;
  /** New events at or before the watermark: possibly counted already, so not counted. */
  readonly late: number;
  /** When DynamoDB wrote the newest of the new events, epoch seconds; undefined if none has a time. */
  readonly writtenAt: number | undefined;
  /** The last new event; undefined when there is none, so nothing to write. */
  readonly lastSequence: SequenceNumber | undefined;
}

/** The state that a fold starts from. */
export interface TallyStart {
  /** The checkpoint that the counter is expected to hold for the shard; undefined: the start of the shard. */
  readonly expectedCheckpoint: Checkpoint | undefined;
  /** The counter's watermark, epoch seconds. */
  readonly watermark: number;
  /** The cutoff of the running rebuild, epoch milliseconds. */
  readonly cutoffMs: number | undefined;
}

/**
 * Folds the events of one shard that follow the expected checkpoint. Each sequence number counts once,
 * however often and in whatever order the batch contains it. A late event moves the checkpoint but is
 * not counted.
 */
export const tallyEvents = (
  events: readonly SessionEvent[],
  { expectedCheckpoint, watermark, cutoffMs = Number.POSITIVE_INFINITY }: TallyStart,
): Tally => {
  const sums = emptySums();
  const checkpoint = expectedCheckpoint?.sequence;
  let lastSequence = checkpoint;
  for (const event of inOrder(events)) {
    if (!isAfter(event.sequence, lastSequence)) {
      sums.duplicates += 1;
      continue;
    }
    if (isLate(event, watermark)) sums.late += 1;
    else addEvent(sums, event, cutoffMs);
    sums.writtenAt = latest(sums.writtenAt, event.writtenAt);
    lastSequence = event.sequence;
  }
  return {
    ...sums,
    startedByDay: byUtcDay(sums.startedByDay),
    removedByDay: byUtcDay(sums.removedByDay),
    lastSequence: lastSequence === checkpoint ? undefined : lastSequence,
  };
};

// A record without a time may be older than what was dropped, so it is late. So may a record after the
// checkpoint: once a shard's checkpoint is dropped, a late record creates a new, lower one.
const isLate = ({ writtenAt = 0 }: SessionEvent, watermark: number): boolean =>
  watermark > 0 && writtenAt <= watermark;

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

// Lambda delivers a shard in order, and sorting sorted events costs one pass. Without sorting, a record
// that follows a later one would be taken for a duplicate and lost.
const inOrder = (events: readonly SessionEvent[]): SessionEvent[] =>
  events.toSorted((a, b) => compareSequence(a.sequence, b.sequence));

interface Sums {
  started: number;
  removed: number;
  readonly startedByDay: DayCounts;
  readonly removedByDay: DayCounts;
  readonly afterCutoff: { started: number; removed: number };
  duplicates: number;
  late: number;
  writtenAt: number | undefined;
}

// Keyed by day number.
type DayCounts = Map<number, number>;

const emptySums = (): Sums => ({
  started: 0,
  removed: 0,
  startedByDay: new Map(),
  removedByDay: new Map(),
  afterCutoff: { started: 0, removed: 0 },
  duplicates: 0,
  late: 0,
  writtenAt: undefined,
});

// Every change of a row by one changes `total - removed` by as much, so that it is always the number of rows.
const EFFECTS = {
  SessionStarted: { of: 'started', by: 1 },
  SessionRetracted: { of: 'started', by: -1 },
  SessionRemoved: { of: 'removed', by: 1 },
  SessionRestored: { of: 'removed', by: -1 },
} as const satisfies Record<CountedEvent['type'], object>;

const isCounted = (event: SessionEvent): event is CountedEvent => event.type in EFFECTS;

const addEvent = (sums: Sums, event: SessionEvent, cutoffMs: number): void => {
  if (!isCounted(event)) return;
  const { of, by } = EFFECTS[event.type];
  sums[of] += by;
  if (isAfterCutoff(event, cutoffMs)) sums.afterCutoff[of] += by;
  addToDay(sums[`${of}ByDay`], dayOf(event), by);
};

// A session without a known first visit counts as old, like its row. Sessions of later days are already
// separate, by their day.
const isAfterCutoff = ({ firstMs }: CountedEvent, cutoffMs: number): boolean =>
  firstMs !== undefined && firstMs >= cutoffMs && dayNumber(firstMs) === dayNumber(cutoffMs);

const dayOf = ({ firstMs }: CountedEvent): number | undefined =>
  firstMs === undefined ? undefined : dayNumber(firstMs);

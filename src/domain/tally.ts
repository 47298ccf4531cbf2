import type { Checkpoint, SessionCounts } from './counter.ts';
import { compareSequence, isAfter, type SequenceNumber } from './sequence-number.ts';
import type { SessionEvent } from './session-event.ts';
import { addToDay, dayNumber, type UtcDay, utcDayOfNumber } from './utc-day.ts';

/** What the new events of one batch add to the counter. */
export interface Tally {
  readonly started: number;
  readonly removed: number;
  /** Started sessions by the day of their first visit; one whose day is unknown is in none. */
  readonly startedByDay: ReadonlyMap<UtcDay, number>;
  /** Removed rows, by the day of their first visit as well. */
  readonly removedByDay: ReadonlyMap<UtcDay, number>;
  /** How many of both had their first visit on the day of a rebuild's cutoff, at or after it; else 0. */
  readonly afterCutoff: SessionCounts;
  /** Events at or before the checkpoint, which the counter holds already. */
  readonly duplicates: number;
  /** New events at or before the watermark: they may be counted already, so they are not. */
  readonly late: number;
  /** When DynamoDB wrote the newest of the new events, epoch seconds; undefined if none tells. */
  readonly writtenAt: number | undefined;
  /** The last new event; undefined when there is none, and so nothing to write. */
  readonly lastSequence: SequenceNumber | undefined;
}

/** Where a fold starts. */
export interface TallyStart {
  /** The shard's checkpoint that the counter is expected to hold; undefined is the shard's start. */
  readonly expectedCheckpoint: Checkpoint | undefined;
  /** The counter's watermark, epoch seconds. */
  readonly watermark: number;
  /** The cutoff of the rebuild under way, epoch milliseconds. */
  readonly cutoffMs: number | undefined;
}

/**
 * Folds the events of one shard that come after the expected checkpoint.
 * Each sequence number counts once, however often and in whatever order the batch holds it. One
 * that is late moves the checkpoint and is not counted.
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

// Without its time a record cannot show that it is newer than what was dropped. A checkpoint is no
// proof either: on a shard that was dropped, a late record makes one that is lower than it was.
const isLate = ({ writtenAt = 0 }: SessionEvent, watermark: number): boolean =>
  watermark > 0 && writtenAt <= watermark;

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

// Lambda delivers a shard in order, and sorting what is sorted costs one pass; but a record dropped
// because a later one came before it would be lost for ever.
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

// By the number of the day: to write its date for each event would be a third of the whole work.
type DayCounts = Map<number, number>;

const byUtcDay = (counts: DayCounts): Map<UtcDay, number> =>
  new Map([...counts].map(([number, count]) => [utcDayOfNumber(number), count]));

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

const addEvent = (sums: Sums, event: SessionEvent, cutoffMs: number): void => {
  switch (event.type) {
    case 'SessionStarted':
      sums.started += 1;
      if (isSince(cutoffMs, event)) sums.afterCutoff.started += 1;
      addToDay(sums.startedByDay, dayOf(event), 1);
      return;
    case 'SessionRemoved':
      sums.removed += 1;
      if (isSince(cutoffMs, event)) sums.afterCutoff.removed += 1;
      addToDay(sums.removedByDay, dayOf(event), 1);
      return;
    case 'SessionTouched':
    case 'Unrecognized':
      return;
    default:
      event satisfies never;
  }
};

type Dated = Extract<SessionEvent, { readonly firstMs: number | undefined }>;

// A session whose first visit is unknown counts as old, for its row does as well. One of a later day
// is told apart by its day.
const isSince = (cutoffMs: number, { firstMs }: Dated): boolean =>
  firstMs !== undefined && firstMs >= cutoffMs && dayNumber(firstMs) === dayNumber(cutoffMs);

const dayOf = ({ firstMs }: Dated): number | undefined =>
  firstMs === undefined ? undefined : dayNumber(firstMs);

import { describe, expect, it } from 'vitest';
import { type Checkpoint, type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import {
  HISTORY_DAYS,
  MAX_DROPPED_CHECKPOINTS,
  planChange,
  REMOVAL_DAYS,
} from '../../src/domain/counter-change.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import type { Tally } from '../../src/domain/tally.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.900Z');
const HOUR_SECONDS = 3600;
const nowSeconds = Math.floor(NOW_MS / 1000);
const sequence = (position: number) => parseSequenceNumber(`${position}`) as SequenceNumber;
const checkpoint = (position: number, ageHours: number): Checkpoint => ({
  sequence: sequence(position),
  at: nowSeconds - ageHours * HOUR_SECONDS,
});
const dayAgo = (days: number): string => utcDay(NOW_MS - days * DAY_MS);
const tallyOf = (days: string[]): Tally => ({
  started: days.length,
  removed: 0,
  startedByDay: new Map(days.map((day) => [day, 1])),
  removedByDay: new Map(days.map((day) => [day, 1])),
  sinceCut: { started: 0, removed: 0 },
  duplicates: 0,
  lastSequence: sequence(7),
});
const plan = (seen: Counter, tally = tallyOf([dayAgo(0)])) =>
  planChange({ shardId: 'shard-a', basis: seen.checkpoints.get('shard-a'), seen }, tally, NOW_MS);

describe('a change of the counter', () => {
  it('moves the checkpoint to the last record, stamped in whole seconds', () => {
    expect(plan(EMPTY_COUNTER)?.checkpoint).toEqual({ sequence: sequence(7), at: nowSeconds });
  });

  it('is none when the tally holds nothing new', () => {
    expect(plan(EMPTY_COUNTER, { ...tallyOf([]), lastSequence: undefined })).toBeUndefined();
  });

  it(`keeps ${HISTORY_DAYS} days, today included, and tomorrow for a clock that is ahead`, () => {
    const kept = [dayAgo(-1), dayAgo(0), dayAgo(89)];
    const change = plan(EMPTY_COUNTER, tallyOf([...kept, dayAgo(90), dayAgo(-2)]));
    expect(change).toMatchObject({ started: 5 });
    expect([...(change?.startedByDay.keys() ?? [])]).toEqual(kept);
  });

  it('drops days that are older than the history', () => {
    const days = new Map([dayAgo(0), dayAgo(89), dayAgo(90), dayAgo(400)].map((day) => [day, 1]));
    const change = plan({ ...EMPTY_COUNTER, startedByDay: days });
    expect(change?.expired.startedDays).toEqual([dayAgo(90), dayAgo(400)]);
  });

  it(`keeps ${REMOVAL_DAYS} days of removed rows, which is what an audit looks at`, () => {
    const kept = [dayAgo(-1), dayAgo(0), dayAgo(2)];
    const days = new Map([...kept, dayAgo(3)].map((day) => [day, 1]));
    const change = plan(
      { ...EMPTY_COUNTER, removedByDay: days },
      tallyOf([...kept, dayAgo(3), dayAgo(-2)]),
    );
    expect([...(change?.removedByDay.keys() ?? [])]).toEqual(kept);
    expect(change?.expired.removedDays).toEqual([dayAgo(3)]);
  });

  it('drops checkpoints of other shards that are older than 48 hours, and never its own', () => {
    const gone = checkpoint(3, 49);
    const checkpoints = new Map([
      ['shard-a', checkpoint(1, 100)],
      ['shard-b', checkpoint(2, 48)],
      ['shard-c', gone],
    ]);
    const change = plan({ ...EMPTY_COUNTER, checkpoints });
    expect(change?.expired.checkpoints).toEqual(new Map([['shard-c', gone]]));
  });

  it('drops no more checkpoints at once than its condition has room for', () => {
    const checkpoints = new Map(
      Array.from({ length: 300 }, (_, number) => [`shard-${number}`, checkpoint(number, 50)]),
    );
    const change = plan({ ...EMPTY_COUNTER, checkpoints });
    expect(change?.expired.checkpoints.size).toBe(MAX_DROPPED_CHECKPOINTS);
  });
});

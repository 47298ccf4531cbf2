import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type Counter,
  EMPTY_COUNTER,
  HISTORY_DAYS,
} from '../../src/domain/counter.ts';
import {
  CHECKPOINT_LIFETIME_SECONDS,
  MAX_DROPPED_CHECKPOINTS,
  planChange,
} from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import type { Tally } from '../../src/domain/tally.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';

const WRITTEN_MS = Date.parse('2026-11-23T18:00:00.000Z');
const HOUR_SECONDS = 3600;
const writtenAt = WRITTEN_MS / 1000;
const sequence = (position: number) => parseSequenceNumber(`${position}`) as SequenceNumber;
const checkpoint = (position: number, ageHours: number): Checkpoint => ({
  sequence: sequence(position),
  at: writtenAt - ageHours * HOUR_SECONDS,
});
const dayAgo = (days: number): string => utcDay(WRITTEN_MS - days * DAY_MS);
const tallyOf = (days: string[]): Tally => ({
  started: days.length,
  removed: 0,
  startedByDay: new Map(days.map((day) => [day, 1])),
  removedByDay: new Map(days.map((day) => [day, 1])),
  afterCutoff: { started: 0, removed: 0 },
  ...{ duplicates: 0, late: 0, writtenAt },
  lastSequence: sequence(7),
});
const plan = (lastKnownCounter: Counter, tally = tallyOf([dayAgo(0)])) => {
  const shardId = 'shard-a';
  const expectedCheckpoint = lastKnownCounter.checkpoints.get(shardId);
  return planChange({ counter: SITE, shardId, expectedCheckpoint, lastKnownCounter }, tally);
};
const holding = (checkpoints: Record<string, Checkpoint>, watermark = 0): Counter => ({
  ...EMPTY_COUNTER,
  checkpoints: new Map(Object.entries(checkpoints)),
  watermark,
});

describe('a change of the counter', () => {
  it('moves the checkpoint to the last record, with the time of the newest', () => {
    expect(plan(EMPTY_COUNTER)).toMatchObject({
      checkpoint: { sequence: sequence(7), at: writtenAt },
      updatedAt: '2026-11-23T18:00:00.000Z',
    });
  });

  it('never moves the time of a checkpoint back, because the watermark depends on it', () => {
    const ahead = holding({ 'shard-a': checkpoint(1, -2) });
    expect(plan(ahead)?.checkpoint).toEqual({ sequence: sequence(7), at: checkpoint(1, -2).at });
  });

  it('has no time when no record has one, and then drops nothing', () => {
    const old = {
      ...holding({ 'shard-b': checkpoint(1, 500) }),
      startedByDay: new Map([[dayAgo(900), 1]]),
    };
    const change = plan(old, { ...tallyOf([dayAgo(900)]), writtenAt: undefined });
    expect(change).toMatchObject({
      ...{ checkpoint: { at: 0 }, updatedAt: undefined, startedByDay: new Map([[dayAgo(900), 1]]) },
      expired: { startedDays: [], removedDays: [], checkpoints: new Map() },
    });
  });

  it('is undefined when the tally has nothing new', () => {
    expect(plan(EMPTY_COUNTER, { ...tallyOf([]), lastSequence: undefined })).toBeUndefined();
  });

  it(`keeps ${HISTORY_DAYS} days of both, including today, and future days`, () => {
    const kept = [dayAgo(-100), dayAgo(-1), dayAgo(0), dayAgo(89)];
    const change = plan(EMPTY_COUNTER, tallyOf([...kept, dayAgo(90)]));
    expect(change).toMatchObject({ started: 5 });
    expect([...(change?.startedByDay.keys() ?? [])]).toEqual(kept);
    expect([...(change?.removedByDay.keys() ?? [])]).toEqual(kept);
  });

  it('adds to the months of all days, also of those older than the history, and lowers them by retracts', () => {
    const startedByDay = new Map([
      ['2026-11-23', 5],
      ['2026-11-22', -2],
      ['2026-10-31', -1],
      [dayAgo(400), 1],
    ]);
    expect(plan(EMPTY_COUNTER, { ...tallyOf([]), startedByDay })?.startedByMonth).toEqual(
      new Map([
        ['2026-11', 3],
        ['2026-10', -1],
        ['2025-10', 1],
      ]),
    );
  });

  it('drops days older than the history', () => {
    const days = new Map([-100, 0, 89, 90, 400].map((ago) => [dayAgo(ago), 1]));
    const change = plan({ ...EMPTY_COUNTER, startedByDay: days, removedByDay: days });
    expect(change?.expired.startedDays).toEqual([dayAgo(90), dayAgo(400)]);
    expect(change?.expired.removedDays).toEqual([dayAgo(90), dayAgo(400)]);
  });

  it('drops checkpoints of other shards 25 hours behind the newest record, and never its own', () => {
    const gone = { 'shard-c': checkpoint(3, 26), 'shard-d': checkpoint(4, 40) };
    const kept = { 'shard-a': checkpoint(1, 100), 'shard-b': checkpoint(2, 25) };
    const change = plan(holding({ ...kept, ...gone }));
    expect(change?.expired.checkpoints).toEqual(new Map(Object.entries(gone)));
  });

  it('keeps a checkpoint for longer than a stream keeps a record, or a backlog would be late', () => {
    expect(CHECKPOINT_LIFETIME_SECONDS).toBeGreaterThan(24 * HOUR_SECONDS);
  });

  it('drops separately stored days only, and no more than fit into an expression', () => {
    const old = new Map(Array.from({ length: 99 }, (_, age) => [dayAgo(age + 90), 1]));
    const packed = { through: dayAgo(90), startedByDay: old, removedByDay: new Map() };
    const counter = { ...EMPTY_COUNTER, startedByDay: old, removedByDay: old, pack: packed };
    const { startedDays, removedDays } = plan(counter)?.expired ?? {};
    expect([startedDays?.length, removedDays?.length]).toEqual([0, 60]);
  });

  it('packs the closed days that it does not add to', () => {
    const days = new Map([
      [dayAgo(1), 1],
      [dayAgo(2), 2],
      [dayAgo(3), 3],
    ]);
    const counter = { ...EMPTY_COUNTER, startedByDay: days };
    expect(plan(counter, tallyOf([dayAgo(0), dayAgo(3)]))?.packing?.moved).toEqual({
      startedByDay: new Map([[dayAgo(2), 2]]),
      removedByDay: new Map(),
    });
  });

  it('raises the watermark to the newest time that it drops, and never lowers it', () => {
    const old = { 'shard-c': checkpoint(3, 31), 'shard-d': checkpoint(4, 40) };
    const to = (next: number, expected: number) => ({ watermark: { expected, next } });
    expect(plan(holding(old))).toMatchObject(to(checkpoint(3, 31).at, 0));
    expect(plan(holding(old, writtenAt))).toMatchObject(to(writtenAt, writtenAt));
    expect(plan(holding({}, 5))).toMatchObject(to(5, 5));
  });

  it('keeps a checkpoint without a time, which no watermark can cover', () => {
    const timeless = { sequence: sequence(1), at: 0 };
    expect(plan(holding({ 'shard-b': timeless }))?.expired.checkpoints.size).toBe(0);
  });

  it('drops no more checkpoints at once than fit into its condition', () => {
    const checkpoints = Object.fromEntries(
      Array.from({ length: 300 }, (_, number) => [`shard-${number}`, checkpoint(number, 50)]),
    );
    const change = plan(holding(checkpoints));
    expect(change?.expired.checkpoints.size).toBe(MAX_DROPPED_CHECKPOINTS);
  });
});

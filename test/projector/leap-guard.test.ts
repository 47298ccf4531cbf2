import { beforeEach, expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { createLeapGuard, type LeapGuard, MAX_REFUSALS } from '../../src/projector/leap-guard.ts';
import { parseStreamEvent, type StreamBatch } from '../../src/projector/stream-batch.ts';
import { insertedFrom, NOW_MS } from '../support/stream-records.ts';

const WRITTEN_AT = NOW_MS / 1000;
const batch = (first: number, last: number, shardId = 'shard-a'): StreamBatch => {
  const { batches } = parseStreamEvent({ shardId, Records: insertedFrom(first, last) });
  return batches[0] ?? { counter: SITE, shardId, events: [] };
};
const counterAt = (position: number, parts: Partial<Counter> = {}): Counter => {
  const [event] = batch(position, position).events;
  const checkpoints = new Map(
    event && [['shard-a', { sequence: event.sequence, at: WRITTEN_AT }] as const],
  );
  return { ...EMPTY_COUNTER, checkpoints, ...parts };
};
const NOTHING: Counter = EMPTY_COUNTER;

let guard: LeapGuard;
beforeEach(() => {
  guard = createLeapGuard();
});

it('suspects nothing when nothing failed', () => {
  guard.noteSuccess(batch(1, 2));
  expect(guard.isSuspect(batch(5, 6))).toBe(false);
});

it('suspects a batch that starts after a failed record, and no other', () => {
  guard.noteFailure(batch(3, 4));
  expect(guard.isSuspect(batch(5, 6))).toBe(true);
  expect(guard.isSuspect(batch(4, 6))).toBe(true);
  expect(guard.isSuspect(batch(3, 6))).toBe(false);
  expect(guard.isSuspect(batch(1, 6))).toBe(false);
  expect(guard.isSuspect(batch(5, 6, 'shard-b'))).toBe(false);
});

it('suspects no batch of another counter', () => {
  guard.noteFailure(batch(1, 2));
  expect(guard.isSuspect({ ...batch(3, 4), counter: 'blog' })).toBe(false);
});

it('suspects no batch without a record, such as the end of a window', () => {
  guard.noteFailure(batch(1, 2));
  expect(guard.isSuspect(batch(1, 0))).toBe(false);
});

it('clears what was counted, and only that', () => {
  guard.noteFailure(batch(1, 4));
  guard.noteSuccess(batch(1, 2));
  expect(guard.isSuspect(batch(3, 4))).toBe(false);
  expect(guard.isSuspect(batch(5, 6))).toBe(true);
  guard.noteSuccess(batch(1, 0));
  expect(guard.isSuspect(batch(5, 6))).toBe(true);
  guard.noteSuccess(batch(3, 4));
  expect(guard.isSuspect(batch(5, 6))).toBe(false);
});

it('accepts a batch when all earlier failures have been counted since', () => {
  guard.noteFailure(batch(1, 2));
  expect(guard.checkLeap(batch(3, 4), counterAt(2))).toBe(false);
  expect(() => guard.checkLeap(batch(3, 4), counterAt(1))).toThrow('leaps over records');
});

it('accepts a batch when earlier failures would only count as late now', () => {
  guard.noteFailure(batch(1, 2));
  expect(guard.checkLeap(batch(3, 4), { ...NOTHING, watermark: WRITTEN_AT })).toBe(false);
  const newer = { ...NOTHING, watermark: WRITTEN_AT - 1 };
  expect(() => guard.checkLeap(batch(3, 4), newer)).toThrow('leaps over records');
});

it('does not treat a record without a time as late before a checkpoint was dropped', () => {
  const { events, ...rest } = batch(1, 2);
  guard.noteFailure({
    ...rest,
    events: events.map((event) => ({ ...event, writtenAt: undefined })),
  });
  expect(() => guard.checkLeap(batch(3, 4), NOTHING)).toThrow('leaps over records');
});

it(`accepts a leap after ${MAX_REFUSALS} refusals, counted from the last failure or success`, () => {
  const refuse = (times: number): void => {
    for (let refusal = 0; refusal < times; refusal += 1) {
      expect(() => guard.checkLeap(batch(7, 8), NOTHING)).toThrow('leaps over records');
    }
  };
  guard.noteFailure(batch(1, 4));
  refuse(MAX_REFUSALS - 1);
  guard.noteFailure(batch(1, 4));
  refuse(MAX_REFUSALS - 1);
  guard.noteSuccess(batch(1, 2));
  refuse(MAX_REFUSALS);
  expect(guard.checkLeap(batch(7, 8), NOTHING)).toBe(true);
});

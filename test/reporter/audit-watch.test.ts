import { describe, expect, it } from 'vitest';
import { type Checkpoint, type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import type { SequenceNumber } from '../../src/domain/sequence-number.ts';
import { createAuditWatch } from '../../src/reporter/audit-watch.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');
const hoursAgo = (hours: number): number => NOW_MS - hours * 3_600_000;

/** A watch over audits that can be added; each reading of the last one is counted. */
const watchAudits = (...audits: number[]) => {
  const readings: number[] = [];
  const readAudit = async () => {
    readings.push(1);
    const last = audits.at(-1);
    return last === undefined ? undefined : { at: new Date(last).toISOString() };
  };
  return { audits, readings, isOverdue: createAuditWatch(readAudit, 26) };
};

const checkpoint = (at: number): Checkpoint => ({ sequence: '1' as SequenceNumber, at });

const counterWith = (hours: readonly number[], watermark = 0): Counter => ({
  ...EMPTY_COUNTER,
  checkpoints: new Map(hours.map((age) => [`shard-${age}`, checkpoint(hoursAgo(age) / 1_000)])),
  watermark,
});

describe('an audit', () => {
  it.each([
    { hours: 25.9, overdue: false },
    { hours: 26.1, overdue: true },
  ])('is overdue $hours hours after the last one: $overdue', async ({ hours, overdue }) => {
    const { isOverdue } = watchAudits(hoursAgo(hours));
    expect(await isOverdue(EMPTY_COUNTER, NOW_MS)).toBe(overdue);
  });

  it('is overdue when the time of the last one cannot be read', async () => {
    const isOverdue = createAuditWatch(async () => ({ at: 'undefined' }), 26);
    expect(await isOverdue(EMPTY_COUNTER, NOW_MS)).toBe(true);
  });

  it('is no longer overdue after one succeeded', async () => {
    const { isOverdue, audits } = watchAudits(hoursAgo(40));
    expect(await isOverdue(EMPTY_COUNTER, NOW_MS)).toBe(true);
    audits.push(hoursAgo(0));
    expect(await isOverdue(EMPTY_COUNTER, NOW_MS)).toBe(false);
  });

  it('is read again only when the known one is too old', async () => {
    const { isOverdue, readings } = watchAudits(hoursAgo(20));
    for (const hours of [20, 10, 0]) await isOverdue(EMPTY_COUNTER, hoursAgo(hours));
    expect(readings).toHaveLength(1);
    await isOverdue(EMPTY_COUNTER, hoursAgo(-7));
    expect(readings).toHaveLength(2);
  });
});

describe('the first audit', () => {
  it.each([
    { counter: counterWith([]), what: 'nothing was counted', overdue: false },
    { counter: counterWith([1, 25]), what: 'the counter is a day old', overdue: false },
    { counter: counterWith([1, 27]), what: 'the counter is older', overdue: true },
    { counter: counterWith([1], 1), what: 'a checkpoint was dropped already', overdue: true },
  ])('is overdue when $what: $overdue', async ({ counter, overdue }) => {
    expect(await watchAudits().isOverdue(counter, NOW_MS)).toBe(overdue);
  });

  it('is not overdue because of a checkpoint without a time', async () => {
    const checkpoints = new Map([['shard-a', checkpoint(0)]]);
    const counter = { ...EMPTY_COUNTER, checkpoints };
    expect(await watchAudits().isOverdue(counter, NOW_MS)).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { planChange } from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { SessionEvent } from '../../src/domain/session-event.ts';
import { tallyEvents } from '../../src/domain/tally.ts';
import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { counterUpdate } from '../../src/tables/counter-update.ts';
import { checkpoint } from '../support/counter-changes.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');
const list = <Entry>(length: number, create: (number: number) => Entry): Entry[] =>
  Array.from({ length }, (_, number) => create(number));

/** A counter in which more has to be packed and dropped than fits into one write. */
const neglected = (): Counter => {
  const days = new Map(list(300, (age) => [utcDay(NOW_MS - age * DAY_MS), 1]));
  const checkpoints = list(
    300,
    (number) =>
      [`shardId-${String(number).padStart(20, '0')}-a1b2c3d4`, checkpoint('1', 1)] as const,
  );
  return {
    ...{ ...EMPTY_COUNTER, startedByDay: days, removedByDay: days, watermark: 1 },
    pack: { ...EMPTY_COUNTER.pack, through: utcDay(NOW_MS - 200 * DAY_MS) },
    checkpoints: new Map(checkpoints),
    rebuild: { cutoff: '2026-11-23T18:00:00.000Z', started: 0, removed: 0 },
  };
};

/** A batch that adds to each kind of number of this many days. */
const batchOf = (days: number): SessionEvent[] =>
  [-1, ...list(days, (age) => age)].flatMap((age, number): SessionEvent[] => {
    const { sequence } = checkpoint(String(number + 1));
    const position = { sequence, writtenAt: NOW_MS / 1_000, firstMs: NOW_MS - age * DAY_MS };
    if (age < 0) return [{ ...position, type: 'SessionTouched' }];
    const { sequence: next } = checkpoint(String(number + 1_000));
    return [
      { ...position, type: 'SessionStarted' },
      { ...position, type: 'SessionRemoved', sequence: next },
    ];
  });

// DynamoDB counts a comparison, a function, and each AND and OR between them.
const OPERATOR = /=|<|>|\bAND\b|\bOR\b|attribute_\w+/g;

it.each([0, 1, 30, 88])(
  'a change of %i days, and what it packs and drops, fits into the expressions of DynamoDB',
  (days) => {
    const lastKnownCounter = neglected();
    const tally = tallyEvents(batchOf(days), {
      ...{ expectedCheckpoint: undefined, watermark: 1, cutoffMs: NOW_MS },
    });
    const expected = {
      counter: SITE,
      shardId: 'shard-a',
      expectedCheckpoint: undefined,
      lastKnownCounter,
    };
    const change = planChange(expected, tally);
    if (change === undefined) throw new Error('nothing to change');
    const { ConditionExpression = '', UpdateExpression = '' } = counterUpdate('counts', change);
    expect(change.startedByDay.size).toBe(days);
    expect(change.expired.checkpoints.size).toBeGreaterThan(0);
    expect(ConditionExpression.match(OPERATOR)?.length).toBeLessThanOrEqual(300);
    expect(ConditionExpression.length).toBeLessThanOrEqual(4_096);
    expect(UpdateExpression.length).toBeLessThanOrEqual(4_096);
  },
);

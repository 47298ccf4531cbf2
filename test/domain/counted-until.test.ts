import { expect, it } from 'vitest';
import { type CountedCounter, countedUntil } from '../../src/domain/counted-until.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';

const READ_AT = Date.parse('2026-11-23T18:00:00.000Z');
const secondsAgo = (seconds: number): number => READ_AT / 1_000 - seconds;
const sequence = parseSequenceNumber('1') as SequenceNumber;

const counterWith = (ages: readonly number[], changes: Partial<CountedCounter> = {}) => ({
  ...EMPTY_COUNTER,
  checkpoints: new Map(
    ages.map((age, shard) => [`shard-${shard}`, { sequence, at: secondsAgo(age) }]),
  ),
  ...changes,
});

const rebuilt = (cutoff: string) => ({ cutoff, at: cutoff, total: 3, removed: 0 });

it.each([
  {
    what: 'two seconds after the newest record of all shards',
    counter: counterWith([900, 600, 700]),
    until: '17:50:02.000',
  },
  {
    what: 'two seconds after the newest record of a dropped checkpoint',
    counter: counterWith([900], { watermark: secondsAgo(120) }),
    until: '17:58:02.000',
  },
  {
    what: 'the cutoff of the rebuild that added sessions without a record',
    counter: counterWith([900], { rebuilt: rebuilt('2026-11-23T17:59:00.000Z') }),
    until: '17:59:00.000',
  },
  {
    what: 'the time of the reading, if a record had no time',
    counter: counterWith([900, secondsAgo(0)]),
    until: '18:00:00.000',
  },
  {
    what: 'no earlier than the active window, so that it does not tell when the last visitor came',
    counter: counterWith([4_000]),
    until: '17:30:00.001',
  },
  {
    what: 'the active window before the first visit',
    counter: EMPTY_COUNTER,
    until: '17:30:00.001',
  },
])('the total is counted until $what', ({ counter, until }) => {
  expect(countedUntil(counter, READ_AT, 30)).toBe(`2026-11-23T${until}Z`);
});

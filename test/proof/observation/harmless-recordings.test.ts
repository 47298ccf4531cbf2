import { expect, it } from 'vitest';
import {
  atSecond,
  type Delivery,
  judge,
  record,
  records,
  tell,
  verdictsOf,
} from '../../support/made-up-recording.ts';

const FAILED: readonly Delivery[] = [
  { shard: 'a', at: 10, records: records(1, 2) },
  { shard: 'a', at: 20, records: records(3, 4), fails: true },
];
const RETRIED: Delivery = { shard: 'a', at: 25, records: records(3, 4) };
const NEXT: Delivery = { shard: 'a', at: 30, records: records(5, 6) };

it('does not call it kept that nothing leaps when nothing waited', () => {
  expect(verdictsOf(tell([...FAILED, RETRIED]))['never-leaps']).toBe('not seen');
  expect(verdictsOf(tell([...FAILED, RETRIED, NEXT]))['never-leaps']).toBe('holds');
});

it('does not say that a retry leapt when only its end is missing', () => {
  const lines = tell([...FAILED, RETRIED, NEXT]);
  const torn = lines.filter((line) => !(line.includes('"ended"') && line.includes('"call":3')));
  expect(verdictsOf(torn)['never-leaps']).toBe('not seen');
});

it('waits for a batch that has just failed', () => {
  expect(judge(tell(FAILED))['comes-again']).toMatchObject({ broken: [], unclear: 0 });
});

it('lets the clocks of two containers differ a little', () => {
  const lines = tell([...FAILED, { ...RETRIED, at: 20.05 }]);
  expect(verdictsOf(lines)['one-at-a-time']).toBe('holds');
});

it('lets a record come again as late as its checkpoint is kept', () => {
  const late = 29 * 3_600;
  const young = { shard: 'c', at: late, records: [record(12, { writtenMs: atSecond(late) })] };
  const lines = tell([...FAILED, RETRIED, young, { ...RETRIED, at: late + 1 }]);
  expect(judge(lines)['young-enough']).toMatchObject({
    verdict: 'holds',
    seen: expect.stringContaining('2 older than a day'),
  });
});

it('measures by how much times go back, and lets them', () => {
  const back = { shard: 'a', at: 10, records: [record(1), record(2, { writtenMs: atSecond(1) })] };
  expect(judge(tell([back]))['times-in-order']).toMatchObject({
    verdict: 'holds',
    seen: '2 times, whole seconds; 1 go back, by 3 s at most; 0 records without one',
  });
});

it('takes the same number in two shards for two records', () => {
  const other = { shard: 'b', at: 40, records: [record(1, { id: 'another.' })] };
  expect(verdictsOf(tell([...FAILED, other]))['lies-in-one-shard']).toBe('holds');
});

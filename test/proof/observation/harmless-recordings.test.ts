import { expect, it } from 'vitest';
import {
  atSecond,
  check,
  type Delivery,
  record,
  recordingOf,
  records,
  resultsOf,
} from '../../support/made-up-recording.ts';

const FAILED: readonly Delivery[] = [
  { shard: 'a', at: 10, records: records(1, 2) },
  { shard: 'a', at: 20, records: records(3, 4), fails: true },
];
const RETRIED: Delivery = { shard: 'a', at: 25, records: records(3, 4) };
const NEXT: Delivery = { shard: 'a', at: 30, records: records(5, 6) };

it('does not confirm that nothing leaps when nothing waited', () => {
  expect(resultsOf(recordingOf([...FAILED, RETRIED]))['never-leaps']).toBe('not seen');
  expect(resultsOf(recordingOf([...FAILED, RETRIED, NEXT]))['never-leaps']).toBe('holds');
});

it('does not report a leap when only the end of a retry is missing', () => {
  const lines = recordingOf([...FAILED, RETRIED, NEXT]);
  const torn = lines.filter((line) => !(line.includes('"ended"') && line.includes('"call":3')));
  expect(resultsOf(torn)['never-leaps']).toBe('not seen');
});

it('waits for a batch that has just failed', () => {
  expect(check(recordingOf(FAILED))['comes-again']).toMatchObject({ broken: [], unclear: 0 });
});

it('accepts small differences between the clocks of two containers', () => {
  const lines = recordingOf([...FAILED, { ...RETRIED, at: 20.05 }]);
  expect(resultsOf(lines)['one-at-a-time']).toBe('holds');
});

it('accepts a redelivery while the checkpoint is kept', () => {
  const late = 24.9 * 3_600;
  const young = { shard: 'c', at: late, records: [record(12, { writtenMs: atSecond(late) })] };
  const lines = recordingOf([...FAILED, RETRIED, young, { ...RETRIED, at: late + 1 }]);
  expect(check(lines)['young-enough']).toMatchObject({
    result: 'holds',
    seen: expect.stringContaining('2 older than a day'),
  });
});

it('measures by how much times go back, and accepts it', () => {
  const back = { shard: 'a', at: 10, records: [record(1), record(2, { writtenMs: atSecond(1) })] };
  expect(check(recordingOf([back]))['times-in-order']).toMatchObject({
    result: 'holds',
    seen: '2 times in whole seconds; 1 go back, by 3 s at most; 0 records without a time',
  });
});

it('treats the same number in two shards as two records', () => {
  const other = { shard: 'b', at: 40, records: [record(1, { id: 'another.' })] };
  expect(resultsOf(recordingOf([...FAILED, other]))['lies-in-one-shard']).toBe('holds');
});

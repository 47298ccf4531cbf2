import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../../src/domain/sequence-number.ts';
import { createCheckpointPositions } from '../../../src/local/event-source/checkpoint-positions.ts';
import type { ShardPositions } from '../../../src/local/event-source/shard-positions.ts';
import { positionAfter } from '../../../src/tables/shard-position.ts';
import { createScriptedStream, recordOf } from '../../support/scripted-stream.ts';

const AT = 1_795_456_800;
const counterAt = (sequence: string): Counter => {
  const checkpoint = { sequence: parseSequenceNumber(sequence) as SequenceNumber, at: AT };
  return { ...EMPTY_COUNTER, checkpoints: new Map([['a', checkpoint]]) };
};

const positionsOf = (readSite: () => Promise<Counter>) =>
  createCheckpointPositions(async () => new Map([[SITE, await readSite()]]));

/** Whether the resume point of the shard is complete, in a stream with these records. */
const isComplete = async (positions: ShardPositions, records: readonly _Record[]) =>
  (await positions.find('a')).isComplete?.(
    createScriptedStream({ a: { records } }),
    new AbortController().signal,
  );

it('are the checkpoints, with their times and the 21 digits that every DynamoDB accepts', async () => {
  const positions = positionsOf(async () => counterAt('7'));
  expect(await positions.find('a')).toEqual({
    position: '000000000000000000007',
    reachedMs: (AT + 1) * 1_000,
    isComplete: expect.any(Function),
  });
});

it('keep sequence numbers of AWS unchanged', async () => {
  const sequence = '4'.repeat(40);
  const positions = positionsOf(async () => counterAt(sequence));
  expect((await positions.find('a')).position).toBe(sequence);
});

it('are the start for a shard without a checkpoint', async () => {
  expect(await positionsOf(async () => counterAt('7')).find('b')).toEqual({
    position: 'start',
  });
});

it('are read each time, because the counter may have been restored', async () => {
  let counter = counterAt('7');
  const positions = positionsOf(async () => counter);
  positions.set('a', positionAfter('9'));
  counter = counterAt('5');
  expect((await positions.find('a')).position).toBe('000000000000000000005');
});

it('keep what a checkpoint cannot express: a finished shard, and a restart at the trim horizon', async () => {
  const positions = positionsOf(async () => counterAt('7'));
  expect(positions.isFinished('a')).toBe(false);
  positions.set('a', 'start');
  expect(await positions.find('a')).toEqual({ position: 'start' });
  expect(positions.isFinished('a')).toBe(false);
  positions.set('a', positionAfter('3'));
  expect((await positions.find('a')).position).toBe('000000000000000000007');
  positions.set('a', 'finished');
  expect(positions.isFinished('a')).toBe(true);
});

it('reject if the counter cannot be read', async () => {
  const positions = positionsOf(() => Promise.reject(new Error('away')));
  await expect(positions.find('a')).rejects.toThrow('away');
});

const inBlog = (record: _Record): _Record => ({
  ...record,
  dynamodb: { ...record.dynamodb, NewImage: { counter_name: { S: 'blog' } } },
});
const [first, second, third] = [1, 2, 3].map((sequence) => recordOf(sequence, AT * 1_000)) as [
  _Record,
  _Record,
  _Record,
];

it.each([
  { what: 'all are counted for the site', records: [first, second, third], expected: true },
  {
    what: 'one is of a counter without an item',
    records: [first, inBlog(second), third],
    expected: false,
  },
  {
    what: 'only a later one is of such a counter',
    records: [first, second, inBlog(third)],
    expected: true,
  },
  { what: 'the stream ends before the checkpoint', records: [first], expected: false },
])('are complete: $expected, when $what', async ({ records, expected }) => {
  const positions = positionsOf(async () => counterAt('2'));
  expect(await isComplete(positions, records)).toBe(expected);
});

it('are the newest checkpoints of all counters, and complete once each has counted its own records', async () => {
  const records = [inBlog(first), inBlog(second), third];
  for (const [sequence, expected] of [
    ['1', false],
    ['2', true],
  ] as const) {
    const positions = createCheckpointPositions(
      async () =>
        new Map([
          ['blog', counterAt(sequence)],
          [SITE, counterAt('3')],
        ]),
    );
    expect((await positions.find('a')).position).toBe('000000000000000000003');
    expect(await isComplete(positions, records)).toBe(expected);
  }
});

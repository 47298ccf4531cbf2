import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../../src/domain/sequence-number.ts';
import { createCheckpointPositions } from '../../../src/local/event-source/checkpoint-positions.ts';
import { positionAfter } from '../../../src/tables/shard-position.ts';
import { createScriptedStream, namedError, recordOf } from '../../support/scripted-stream.ts';

const AT = 1_795_456_800;
const RECORDS = [5, 6, 7, 8, 9].map((sequence) => recordOf(sequence, AT * 1_000));
const counterAt = (sequence: string): Counter => {
  const checkpoint = { sequence: parseSequenceNumber(sequence) as SequenceNumber, at: AT };
  return { ...EMPTY_COUNTER, checkpoints: new Map([['a', checkpoint]]) };
};

const positionsOf = (readSite: () => Promise<Counter>, records: readonly _Record[] = RECORDS) =>
  createCheckpointPositions({
    readCounters: async () => new Map([[SITE, await readSite()]]),
    reader: createScriptedStream({ a: { records } }),
  });

it('are the checkpoints, with their times and the 21 digits that every DynamoDB accepts', async () => {
  const positions = positionsOf(async () => counterAt('7'));
  expect(await positions.find('a')).toEqual({
    position: '000000000000000000007',
    reachedMs: (AT + 1) * 1_000,
    isIncomplete: false,
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
  { what: 'all are counted for the site', records: [first, second, third], expected: false },
  {
    what: 'one is of a counter without an item',
    records: [first, inBlog(second), third],
    expected: true,
  },
  {
    what: 'only a later one is of such a counter',
    records: [first, second, inBlog(third)],
    expected: false,
  },
  { what: 'the stream ends before the checkpoint', records: [first], expected: true },
])('are incomplete: $expected, when $what', async ({ records, expected }) => {
  const positions = positionsOf(async () => counterAt('2'), records);
  const isIncomplete = (await positions.find('a')).isIncomplete;
  expect(isIncomplete).toBe(expected);
});

it('are the newest checkpoints of all counters, and complete where each counter has counted its own records', async () => {
  const blogAt = async (sequence: string) => {
    const positions = createCheckpointPositions({
      readCounters: async () =>
        new Map([
          ['blog', counterAt(sequence)],
          [SITE, counterAt('3')],
        ]),
      reader: createScriptedStream({ a: { records: [inBlog(first), inBlog(second), third] } }),
    });
    const { position, isIncomplete } = await positions.find('a');
    return { position, isIncomplete };
  };
  const position = '000000000000000000003';
  expect(await blogAt('1')).toEqual({ position, isIncomplete: true });
  expect(await blogAt('2')).toEqual({ position, isIncomplete: false });
});

it('leave an error of the stream to the consumer of the shard', async () => {
  const reader = createScriptedStream({ a: { records: RECORDS } }, [namedError('Trimmed')]);
  const readCounters = async () => new Map([[SITE, counterAt('7')]]);
  const positions = createCheckpointPositions({ readCounters, reader });
  expect(await positions.find('a')).toMatchObject({ isIncomplete: true });
});

import { expect, it } from 'vitest';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../../src/domain/sequence-number.ts';
import { createCheckpointPositions } from '../../../src/local/event-source/checkpoint-positions.ts';
import { positionAfter } from '../../../src/tables/shard-position.ts';

const AT = 1_795_456_800;
const counterAt = (sequence: string): Counter => {
  const checkpoint = { sequence: parseSequenceNumber(sequence) as SequenceNumber, at: AT };
  return { ...EMPTY_COUNTER, checkpoints: new Map([['a', checkpoint]]) };
};

it('are the checkpoints, with their times and the 21 digits that every DynamoDB accepts', async () => {
  const positions = createCheckpointPositions(async () => counterAt('7'));
  expect(await positions.find('a')).toEqual({
    position: '000000000000000000007',
    reachedMs: (AT + 1) * 1_000,
  });
});

it('keep sequence numbers of AWS unchanged', async () => {
  const sequence = '4'.repeat(40);
  const positions = createCheckpointPositions(async () => counterAt(sequence));
  expect((await positions.find('a')).position).toBe(sequence);
});

it('are the start for a shard without a checkpoint', async () => {
  expect(await createCheckpointPositions(async () => counterAt('7')).find('b')).toEqual({
    position: 'start',
  });
});

it('are read each time, because the counter may have been restored', async () => {
  let counter = counterAt('7');
  const positions = createCheckpointPositions(async () => counter);
  positions.set('a', positionAfter('9'));
  counter = counterAt('5');
  expect((await positions.find('a')).position).toBe('000000000000000000005');
});

it('keep what a checkpoint cannot express: a finished shard, and a restart at the trim horizon', async () => {
  const positions = createCheckpointPositions(async () => counterAt('7'));
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
  const positions = createCheckpointPositions(() => Promise.reject(new Error('away')));
  await expect(positions.find('a')).rejects.toThrow('away');
});

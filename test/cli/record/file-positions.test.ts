import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFilePositions } from '../../../src/cli/record/file-positions.ts';
import { type Positions, positionAfter } from '../../../src/local/event-source/positions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const STREAM = 'arn:aws:dynamodb:local:000000000000:table/sessions/stream/1';
const newFile = (): string => join(temporaryFolder(), 'all.jsonl.positions');

const find = async (positions: Positions, shardIds: readonly string[]): Promise<string[]> =>
  Promise.all(shardIds.map(async (shardId) => (await positions.find(shardId)).position));

it('are there again after a restart', async () => {
  const file = newFile();
  const positions = createFilePositions(file, STREAM);
  positions.set('parent', positionAfter('41'));
  positions.set('parent', 'finished');
  positions.set('child', positionAfter('42'));
  const restarted = createFilePositions(file, STREAM);
  expect(await find(restarted, ['parent', 'child', 'other'])).toEqual(['finished', '42', 'start']);
  expect(['parent', 'child', 'other'].map(restarted.isFinished)).toEqual([true, false, false]);
  expect(readdirSync(join(file, '..'))).toEqual(['all.jsonl.positions']);
});

it('tell until when they were reached, after a restart as before', async () => {
  const file = newFile();
  const startedMs = Date.now();
  const positions = createFilePositions(file, STREAM);
  expect((await positions.find('a')).reachedMs).toBeUndefined();
  positions.set('a', positionAfter('41'));
  const { reachedMs = 0 } = await positions.find('a');
  expect(reachedMs).toBeGreaterThanOrEqual(startedMs);
  expect(reachedMs).toBeLessThanOrEqual(Date.now());
  expect((await createFilePositions(file, STREAM).find('a')).reachedMs).toBe(reachedMs);
});

it('of an older version, which told no time, hold as well', async () => {
  const file = newFile();
  writeFileSync(file, JSON.stringify({ streamArn: STREAM, shards: { a: '41' } }));
  expect(await createFilePositions(file, STREAM).find('a')).toEqual({ position: '41' });
});

it('of another stream count as none', async () => {
  const file = newFile();
  createFilePositions(file, STREAM).set('a', 'finished');
  expect(await find(createFilePositions(file, `${STREAM}-replaced`), ['a'])).toEqual(['start']);
  expect(readFileSync(file, 'utf8')).toContain('finished');
});

it.each(['', '{', 'null', '[]', '{"streamArn":1}'])(
  'in the broken file %j count as none',
  async (text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(await find(createFilePositions(file, STREAM), ['a'])).toEqual(['start']);
  },
);

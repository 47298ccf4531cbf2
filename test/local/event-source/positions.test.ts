import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFilePositions, positionAfter } from '../../../src/local/event-source/positions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const STREAM = 'arn:aws:dynamodb:local:000000000000:table/sessions/stream/1';

it('are there again after a restart', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'event-source.json');
  const positions = createFilePositions(file, STREAM);
  positions.set('parent', positionAfter('41'));
  positions.set('parent', 'finished');
  positions.set('child', positionAfter('42'));
  const restarted = createFilePositions(file, STREAM);
  expect(['parent', 'child', 'other'].map(restarted.get)).toEqual(['finished', '42', 'start']);
  expect(readdirSync(folder)).toEqual(['event-source.json']);
});

it('of another stream count as none', () => {
  const file = join(temporaryFolder(), 'event-source.json');
  createFilePositions(file, STREAM).set('shard-a', 'finished');
  expect(createFilePositions(file, `${STREAM}-made-anew`).get('shard-a')).toBe('start');
});

it.each(['', '{', 'null', '[]', '{"streamArn":1}'])(
  'in the broken file %j count as none',
  (text) => {
    const file = join(temporaryFolder(), 'event-source.json');
    writeFileSync(file, text);
    expect(createFilePositions(file, STREAM).get('shard-a')).toBe('start');
  },
);

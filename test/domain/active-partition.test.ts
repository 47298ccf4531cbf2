import { expect, it } from 'vitest';
import { partitionOf, partitionsOf } from '../../src/domain/active-partition.ts';

it('a session of the site is in one of its partitions', () => {
  expect(partitionsOf('site', 3)).toEqual([0, 1, 2]);
  expect(partitionsOf('site', 3)).toContain(partitionOf('site', 'a session', 3));
});

it('all sessions of another counter are in its own partition, whatever the setting', () => {
  const partitions = ['a', 'b', 'c'].map((hash, at) => partitionOf('blog', hash, at + 1));
  expect(new Set([...partitions, ...partitionsOf('blog', 64)]).size).toBe(1);
});

it('no partition of another counter is one of the site or of a third one', () => {
  const names = Array.from({ length: 1_000 }, (_, at) => `blog/${at}`);
  const partitions = names.flatMap((name) => partitionsOf(name, 1));
  expect(new Set([...partitions, ...partitionsOf('site', 64)]).size).toBe(1_064);
  for (const partition of partitions) expect(String(partition).length).toBeLessThanOrEqual(38);
});

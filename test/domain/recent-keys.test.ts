import { describe, expect, it } from 'vitest';
import { createRecentKeys } from '../../src/domain/recent-keys.ts';

const setUp = () => {
  let nowMs = 1_000_000;
  const keys = createRecentKeys({ capacity: 3, lifetimeMs: 100, now: () => nowMs });
  const kept = () => ['a', 'b', 'c', 'd'].filter((key) => keys.has(key));
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { keys, kept, wait };
};

describe('recent keys', () => {
  it('are those that were added', () => {
    const { keys, kept } = setUp();
    expect(kept()).toEqual([]);
    keys.add('a');
    keys.add('c');
    expect(kept()).toEqual(['a', 'c']);
  });

  it('are bounded: the least recently used one is forgotten', () => {
    const { keys, kept } = setUp();
    for (const key of ['a', 'b', 'c']) keys.add(key);
    keys.has('a');
    keys.add('d');
    expect(kept()).toEqual(['a', 'c', 'd']);
  });

  it('are kept when one of them is added again', () => {
    const { keys, kept } = setUp();
    for (const key of ['a', 'b', 'c', 'a']) keys.add(key);
    expect(kept()).toEqual(['a', 'b', 'c']);
  });

  it('are forgotten after their lifetime, however often they are used', () => {
    const { keys, kept, wait } = setUp();
    keys.add('a');
    wait(60);
    keys.add('b');
    expect(kept()).toEqual(['a', 'b']);
    wait(40);
    expect(kept()).toEqual(['b']);
    keys.add('b');
    wait(99);
    expect(kept()).toEqual(['b']);
  });

  it('are forgotten when the clock was set back', () => {
    const { keys, kept, wait } = setUp();
    keys.add('a');
    wait(-1);
    expect(kept()).toEqual([]);
  });
});

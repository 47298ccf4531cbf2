import { expect, it } from 'vitest';
import { setNewest } from '../../src/domain/set-newest.ts';

it('drops the entry that was set longest ago, when there are more than the capacity', () => {
  const map = new Map<string, number>();
  const set = (key: string, value: number) => setNewest(map, 2, key, value);
  set('a', 1);
  set('b', 2);
  set('a', 3);
  expect([...map]).toEqual([
    ['b', 2],
    ['a', 3],
  ]);
  set('c', 4);
  expect([...map]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});

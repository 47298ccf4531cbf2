import { expect, it } from 'vitest';
import { CROWDED_COUNTER_BYTES } from '../../src/tables/schema.ts';

it('the counter is crowded at a quarter of the 400 KB limit for items', () => {
  expect(CROWDED_COUNTER_BYTES).toBe((400 * 1_024) / 4);
});

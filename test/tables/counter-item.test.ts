import { expect, it } from 'vitest';
import {
  parseCounterItem,
  UnreadableCheckpointError,
  UnreadableWatermarkError,
} from '../../src/tables/counter-item.ts';

it.each([undefined, null, 7, 'text', {}, { sequence: 'x', at: 1 }, { sequence: '1' }])(
  'a counter with the checkpoint %j is rejected, because its shard would be counted twice',
  (checkpoint) => {
    const item = { total: 1, 'checkpoint#shard-a': checkpoint };
    expect(() => parseCounterItem(item)).toThrow(UnreadableCheckpointError);
    expect(() => parseCounterItem(item)).toThrow(
      expect.objectContaining({
        name: 'UnreadableCheckpointError',
        message: expect.stringMatching(/shard-a must be .*, but it is /),
      }),
    );
    expect(() => parseCounterItem(item)).toThrow(`but it is ${JSON.stringify(checkpoint)}`);
  },
);

it.each([null, 'text', '1795456800', 0, -1, {}])(
  'a counter with the watermark %j is rejected: every write would fail, or late records count',
  (watermark) => {
    expect(() => parseCounterItem({ total: 1, watermark })).toThrow(UnreadableWatermarkError);
    expect(() => parseCounterItem({ total: 1, watermark })).toThrow(
      expect.objectContaining({
        name: 'UnreadableWatermarkError',
        message: expect.stringMatching(/watermark must be epoch seconds .*, but it is /),
      }),
    );
  },
);

it('a counter has a watermark once a checkpoint has been dropped', () => {
  expect(parseCounterItem({ total: 1 }).watermark).toBe(0);
  expect(parseCounterItem({ total: 1, watermark: 1_795_456_800 }).watermark).toBe(1_795_456_800);
});

import { expect, it } from 'vitest';
import { parseCounterItem, UnreadableWatermarkError } from '../../src/tables/counter-item.ts';
import { startedAttribute } from '../../src/tables/day-attribute.ts';
import { encodePack } from '../../src/tables/day-pack.ts';

it('a counter with a checkpoint that cannot be read is rejected: its shard would be counted twice', () => {
  expect(() => parseCounterItem({ total: 1, '@=shard-a': 'text' })).toThrow(
    expect.objectContaining({ name: 'UnreadableCheckpointError' }),
  );
});

it('a counter that version 0.2.0 wrote is rejected, although its checkpoints have other names', () => {
  const item = { total: 1, 'checkpoint#shard-a': { sequence: '1', at: 1 } };
  for (const mixed of [item, { '@=shard-a': 'text', ...item }]) {
    expect(() => parseCounterItem(mixed)).toThrow(
      expect.objectContaining({
        name: 'FormerCounterError',
        message: expect.stringMatching(/version 0\.2\.0, .* delete the item distinct_sessions and/),
      }),
    );
  }
});

it.each([{ '+g18': 'text' }, { '-g18': 'text' }, { days: 'text' }])(
  'a counter with the days %j is rejected, because the next packing would lose them',
  (days) => {
    expect(() => parseCounterItem({ total: 1, ...days })).toThrow(
      expect.objectContaining({ name: 'UnreadableDaysError' }),
    );
  },
);

it('the number of a day is what is packed and what has been counted since', () => {
  const pack = {
    through: '2026-11-21',
    startedByDay: new Map([['2026-11-20', 5]]),
    removedByDay: new Map([['2026-11-21', 2]]),
  };
  const item = {
    days: encodePack(pack),
    [startedAttribute('2026-11-20')]: 1,
    '+g18': 4,
    '-g16': 3,
  };
  expect(parseCounterItem(item)).toMatchObject({
    startedByDay: new Map([
      ['2026-11-20', 6],
      ['2026-11-23', 4],
    ]),
    removedByDay: new Map([['2026-11-21', 5]]),
    pack,
  });
});

it.each([null, 'text', '1795456800', 0, -1, {}])(
  'a counter with the watermark %j is rejected: every write would fail, or late records count',
  (watermark) => {
    expect(() => parseCounterItem({ counter: 'distinct_sessions/blog', watermark })).toThrow(
      UnreadableWatermarkError,
    );
    expect(() => parseCounterItem({ counter: 'distinct_sessions/blog', watermark })).toThrow(
      expect.objectContaining({
        name: 'UnreadableWatermarkError',
        message: expect.stringMatching(
          /watermark of the item distinct_sessions\/blog must be epoch seconds .*, but it is /,
        ),
      }),
    );
  },
);

it('a counter has a watermark once a checkpoint has been dropped', () => {
  expect(parseCounterItem({ total: 1 }).watermark).toBe(0);
  expect(parseCounterItem({ total: 1, watermark: 1_795_456_800 }).watermark).toBe(1_795_456_800);
});

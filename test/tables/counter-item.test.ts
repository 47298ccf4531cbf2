import { expect, it } from 'vitest';
import { parseCounterItem, UnreadableCheckpointError } from '../../src/tables/counter-item.ts';

it.each([undefined, null, 7, 'text', {}, { sequence: 'x', at: 1 }, { sequence: '1' }])(
  'a counter whose checkpoint is %j is not read: its shard would be counted twice',
  (checkpoint) => {
    const item = { total: 1, 'checkpoint#shard-a': checkpoint };
    expect(() => parseCounterItem(item)).toThrow(UnreadableCheckpointError);
    expect(() => parseCounterItem(item)).toThrow('shard-a');
  },
);

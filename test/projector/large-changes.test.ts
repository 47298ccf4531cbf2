import { describe, expect, it } from 'vitest';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { inserted, retracted } from '../support/stream-records.ts';
import { tellStory } from '../support/stream-story.ts';

const MONTHS = 500;
// As an import of rows from all years may write them.
const visits = Array.from({ length: MONTHS }, (_, month) =>
  inserted(month + 1, new Date(Date.UTC(1980, month, 15)).toISOString()),
);

describe.each(counterStores(useDatabase()))('sessions of 500 months $name', ({ create }) => {
  it('are counted, also when the batch is out of order and delivered again', async () => {
    const story = tellStory(await create());
    await story.deliver('shard-a', visits.toReversed());
    await story.deliver('shard-a', [...visits, retracted(MONTHS + 1)]);
    story.coldStart();
    await story.deliver('shard-a', [...visits, inserted(MONTHS + 2)]);
    expect(await story.totals()).toEqual({ total: MONTHS, removed: 0 });
    const { startedByMonth } = await story.counter();
    const months = [...startedByMonth].filter(([month]) => month < '2026-01');
    expect(months).toHaveLength(MONTHS);
    expect(months.every(([, sessions]) => sessions === 1)).toBe(true);
    expect(startedByMonth.get('2026-11')).toBe(0);
    expect(story.measured.map(({ NewSessions }) => NewSessions)).toEqual([MONTHS, -1, 1]);
  });

  it('are accepted when another container has counted the failed records before them', async () => {
    const store = await create();
    let isThrottled = true;
    const story = tellStory({
      ...store,
      commitChange: async (change) => {
        if (isThrottled) throw new Error('throttled');
        return store.commitChange(change);
      },
    });
    await expect(story.deliver('shard-a', visits.slice(0, 1))).rejects.toThrow('throttled');
    isThrottled = false;
    await tellStory(store).deliver('shard-a', visits.slice(0, 1));
    await story.deliver('shard-a', visits.slice(1));
    expect(await story.totals()).toEqual({ total: MONTHS, removed: 0 });
  });
});

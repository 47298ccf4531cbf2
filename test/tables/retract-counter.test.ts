import { beforeEach, describe, expect, it } from 'vitest';
import { createRetractStore } from '../../src/tables/retract-counter.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { change, FIRST, SECOND } from '../support/counter-changes.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const CUTOFF = '2026-11-23T18:00:10.000Z';
const retractAt = (at: string) => ({
  ...{ from: '2026-11-23T03:00:00.000Z', to: '2026-11-23T05:00:00.000Z', at },
});
const RETRACT = retractAt('2026-11-23T17:00:00.000Z');
const NEXT = retractAt('2026-11-23T17:00:00.001Z');

describe.each(counterStores(useDatabase()))(
  'a counter store $name, during a retract',
  ({ create }) => {
    let store: CounterUnderTest;
    beforeEach(async () => {
      store = await create();
      await store.commitChange(change());
      expect(await store.beginRetract(RETRACT, undefined)).toBe(true);
    });

    it('holds its interval and the time of its begin, and counts on', async () => {
      const next = { expectedCheckpoint: FIRST, checkpoint: SECOND, started: -1 };
      expect((await store.commitChange(change(next))).status).toBe('committed');
      expect(await store.read()).toMatchObject({
        ...{ total: 1, retract: RETRACT, lastRetract: RETRACT.at },
      });
    });

    it('begins neither another one nor a rebuild', async () => {
      const before = await store.read();
      expect(await store.beginRetract(NEXT, RETRACT.at)).toBe(false);
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(false);
      expect(await store.read()).toEqual(before);
    });

    it('is ended by its own time alone, and once', async () => {
      expect(await store.endRetract(NEXT.at)).toBe(false);
      expect(await store.endRetract(RETRACT.at)).toBe(true);
      expect(await store.endRetract(RETRACT.at)).toBe(false);
      expect(await store.read()).toMatchObject({
        ...{ total: 2, retract: undefined, lastRetract: RETRACT.at },
      });
    });

    it('cannot be begun again by a delayed request, but the next one can', async () => {
      await store.endRetract(RETRACT.at);
      expect(await store.beginRetract(RETRACT, undefined)).toBe(false);
      expect(await store.beginRetract(NEXT, undefined)).toBe(false);
      expect(await store.beginRetract(NEXT, RETRACT.at)).toBe(true);
      expect(await store.endRetract(RETRACT.at)).toBe(false);
      expect((await store.read()).retract).toEqual(NEXT);
    });

    it('lets a rebuild begin once it has ended', async () => {
      await store.endRetract(RETRACT.at);
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(true);
    });
  },
);

describe.each(counterStores(useDatabase()))(
  'a counter store $name, during a rebuild',
  ({ create }) => {
    it('begins no retract until the rebuild has ended', async () => {
      const store = await create();
      await store.beginRebuild(CUTOFF, undefined);
      expect(await store.beginRetract(RETRACT, undefined)).toBe(false);
      expect((await store.read()).retract).toBeUndefined();
      await store.abortRebuild(CUTOFF);
      expect(await store.beginRetract(RETRACT, undefined)).toBe(true);
    });
  },
);

it('a retract throws every error except a failed condition', async () => {
  const client = await clientOf(() => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  const { beginRetract, endRetract } = createRetractStore(client, 'counts');
  const denied = { name: 'AccessDeniedException' };
  await expect(beginRetract(RETRACT, undefined)).rejects.toMatchObject(denied);
  await expect(endRetract(NOW)).rejects.toMatchObject(denied);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createUndoStore } from '../../src/tables/undo-counter.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { change, FIRST, SECOND } from '../support/counter-changes.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const CUTOFF = '2026-11-23T18:00:10.000Z';
const retractAt = (at: string) => ({
  kind: 'retract' as const,
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
      expect(await store.beginUndo(RETRACT, undefined)).toBe(true);
    });

    it('holds its interval and the time of its begin, and counts on', async () => {
      const next = { expectedCheckpoint: FIRST, checkpoint: SECOND, started: -1 };
      expect((await store.commitChange(change(next))).status).toBe('committed');
      expect(await store.read()).toMatchObject({
        ...{ total: 1, undo: RETRACT, lastUndo: RETRACT.at },
      });
    });

    it('begins neither another one nor a rebuild', async () => {
      const before = await store.read();
      expect(await store.beginUndo(NEXT, RETRACT.at)).toBe(false);
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(false);
      expect(await store.read()).toEqual(before);
    });

    it('is ended by its own time alone, and once', async () => {
      expect(await store.endUndo(NEXT.at)).toBe(false);
      expect(await store.endUndo(RETRACT.at)).toBe(true);
      expect(await store.endUndo(RETRACT.at)).toBe(false);
      expect(await store.read()).toMatchObject({
        ...{ total: 2, undo: undefined, lastUndo: RETRACT.at },
      });
    });

    it('cannot be begun again by a delayed request, but the next one can', async () => {
      await store.endUndo(RETRACT.at);
      expect(await store.beginUndo(RETRACT, undefined)).toBe(false);
      expect(await store.beginUndo(NEXT, undefined)).toBe(false);
      expect(await store.beginUndo(NEXT, RETRACT.at)).toBe(true);
      expect(await store.endUndo(RETRACT.at)).toBe(false);
      expect((await store.read()).undo).toEqual(NEXT);
    });

    it('lets a rebuild begin once it has ended', async () => {
      await store.endUndo(RETRACT.at);
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
      expect(await store.beginUndo(RETRACT, undefined)).toBe(false);
      expect((await store.read()).undo).toBeUndefined();
      await store.abortRebuild(CUTOFF);
      expect(await store.beginUndo(RETRACT, undefined)).toBe(true);
    });
  },
);

it('a retract throws every error except a failed condition', async () => {
  const client = await clientOf(() => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  const { beginUndo, endUndo } = createUndoStore(client, 'counts');
  const denied = { name: 'AccessDeniedException' };
  await expect(beginUndo(RETRACT, undefined)).rejects.toMatchObject(denied);
  await expect(endUndo(NOW)).rejects.toMatchObject(denied);
});

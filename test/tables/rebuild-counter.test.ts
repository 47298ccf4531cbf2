import { beforeEach, describe, expect, it } from 'vitest';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { change, FIRST, SECOND } from '../support/counter-changes.ts';
import { counterStores } from '../support/counter-stores.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW, TODAY } from '../support/stream-records.ts';
import type { CounterUnderTest } from '../support/stream-story.ts';

const CUTOFF = '2026-11-23T18:00:10.000Z';
const correction = (total: number, cutoff = CUTOFF, removed = 3) => ({
  ...{ cutoff, total, removed },
  startedByDay: new Map([[TODAY, total]]),
  removedByDay: new Map([['2026-11-20', removed]]),
});
const pending = { cutoff: CUTOFF, started: 2, removed: 1 };

describe.each(counterStores(useDatabase()))(
  'a counter store $name, during a rebuild',
  ({ create }) => {
    let store: CounterUnderTest;
    beforeEach(async () => {
      store = await create();
      await store.commitChange(change());
    });

    it('separately counts what changes add after the cutoff', async () => {
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(true);
      await store.commitChange(
        change({ expectedCheckpoint: FIRST, checkpoint: SECOND, rebuild: pending }),
      );
      expect(await store.read()).toMatchObject({ total: 4, removed: 2, rebuild: pending });
      await store.commitChange(change({ shardId: 'b', rebuild: pending }));
      expect(await store.read()).toMatchObject({
        ...{ total: 6, removed: 3 },
        rebuild: { cutoff: CUTOFF, started: 4, removed: 2 },
      });
    });

    it('refuses a change that was planned before it, and returns the cutoff', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      const answer = await store.commitChange(
        change({ expectedCheckpoint: FIRST, checkpoint: SECOND }),
      );
      expect(answer.status).toBe('conflict');
      expect(answer.counter).toMatchObject({
        total: 2,
        rebuild: { ...pending, started: 0, removed: 0 },
      });
    });

    it('refuses a change that was planned during another rebuild, or during one that has ended', async () => {
      const late = change({ expectedCheckpoint: FIRST, checkpoint: SECOND, rebuild: pending });
      expect((await store.commitChange(late)).status).toBe('conflict');
      await store.beginRebuild('2026-11-23T19:00:00.000Z', undefined);
      expect((await store.commitChange(late)).status).toBe('conflict');
    });

    it('cannot be begun twice by a delayed request, so no correction can be applied twice', async () => {
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(true);
      await store.applyCorrection(correction(5), NOW);
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(false);
      expect(await store.applyCorrection(correction(5), NOW)).toBe(false);
      expect(await store.read()).toMatchObject({
        total: 7,
        rebuild: undefined,
        lastCutoff: CUTOFF,
      });
    });

    it('cannot be begun again by a delayed request once another rebuild has replaced it', async () => {
      const next = '2026-11-23T18:00:20.000Z';
      await store.beginRebuild(CUTOFF, undefined);
      await store.abortRebuild(CUTOFF);
      expect(await store.beginRebuild(next, CUTOFF)).toBe(true);
      await store.abortRebuild(next);
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(false);
      expect((await store.read()).rebuild).toBeUndefined();
    });

    it('corrects the totals and their days, and ends, in one write that happens once', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      expect(await store.applyCorrection(correction(5), NOW)).toBe(true);
      expect(await store.applyCorrection(correction(5), NOW)).toBe(false);
      expect(await store.read()).toMatchObject({
        ...{ total: 7, removed: 4, startedByDay: new Map([[TODAY, 7]]) },
        removedByDay: new Map([
          [TODAY, 1],
          ['2026-11-20', 3],
        ]),
        ...{ rebuild: undefined, rebuilt: { cutoff: CUTOFF, at: NOW, total: 5, removed: 3 } },
      });
    });

    it('does not apply the correction of another rebuild, and only one can run', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      const before = await store.read();
      expect(await store.beginRebuild('2026-11-23T19:00:00.000Z', undefined)).toBe(false);
      expect(await store.abortRebuild('2026-11-23T19:00:00.000Z')).toBe(false);
      expect(await store.applyCorrection(correction(5, '2026-11-23T19:00:00.000Z'), NOW)).toBe(
        false,
      );
      expect(await store.read()).toEqual(before);
    });

    it('changes nothing after a day, when the counter may have dropped days that it compared', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      const updatedAt = '2026-11-24T18:00:10.001Z';
      const late = { expectedCheckpoint: FIRST, checkpoint: SECOND, rebuild: pending, updatedAt };
      await store.commitChange(change(late));
      expect(await store.applyCorrection(correction(5), updatedAt)).toBe(false);
      expect(await store.read()).toMatchObject({ total: 4, rebuild: pending });
    });

    it('still applies a correction in the last millisecond of that day', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      const updatedAt = '2026-11-24T18:00:10.000Z';
      const late = { expectedCheckpoint: FIRST, checkpoint: SECOND, rebuild: pending, updatedAt };
      await store.commitChange(change(late));
      expect(await store.applyCorrection(correction(5), updatedAt)).toBe(true);
      expect(await store.read()).toMatchObject({ total: 9, startedByDay: new Map([[TODAY, 9]]) });
    });

    it('can be neither aborted nor ended when there is none', async () => {
      expect(await store.abortRebuild(CUTOFF)).toBe(false);
      expect(await store.applyCorrection(correction(5), NOW)).toBe(false);
    });

    it('is unchanged after the rebuild is aborted', async () => {
      const before = await store.read();
      await store.beginRebuild(CUTOFF, undefined);
      expect(await store.abortRebuild(CUTOFF)).toBe(true);
      expect(await store.read()).toEqual({ ...before, lastCutoff: CUTOFF });
    });

    it('can correct every day of its history at once', async () => {
      await store.beginRebuild(CUTOFF, undefined);
      const days = Array.from({ length: 88 }, (_, day) =>
        new Date(Date.UTC(2026, 8, 1 + day)).toISOString().slice(0, 10),
      );
      const byDay = new Map(days.map((day) => [day, 1_000_000]));
      const all = { cutoff: CUTOFF, total: 88_000_000, removed: 88_000_000 };
      await store.applyCorrection({ ...all, startedByDay: byDay, removedByDay: byDay }, NOW);
      expect((await store.read()).startedByDay.get('2026-09-30')).toBe(1_000_000);
    });

    it('can be rebuilt from the rows before the first change', async () => {
      store = await create();
      expect(await store.beginRebuild(CUTOFF, undefined)).toBe(true);
      expect(await store.applyCorrection(correction(5), NOW)).toBe(true);
      expect(await store.read()).toMatchObject({ total: 5, startedByDay: new Map([[TODAY, 5]]) });
    });
  },
);

it('a rebuild throws every error except a failed condition', async () => {
  const client = await clientOf(() => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  const { beginRebuild, abortRebuild, applyCorrection } = createRebuildStore(client, 'counts');
  const denied = { name: 'AccessDeniedException' };
  await expect(beginRebuild(CUTOFF, undefined)).rejects.toMatchObject(denied);
  await expect(abortRebuild(CUTOFF)).rejects.toMatchObject(denied);
  await expect(applyCorrection(correction(5), NOW)).rejects.toMatchObject(denied);
});

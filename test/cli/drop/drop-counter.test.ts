import { describe, expect, it } from 'vitest';
import { dropCounter } from '../../../src/cli/drop/drop-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../../src/domain/counter.ts';

const NOTHING = (): void => undefined;

/** A counter with rows, and records that are counted when the command sleeps or waits. */
const createWorld = (counted: Partial<Counter>, rows: number) => {
  let counter: Counter = { ...EMPTY_COUNTER, ...counted };
  let present = rows;
  let nowMs = 0;
  const pending: Pick<Counter, 'total' | 'removed'>[] = [];
  const world = {
    counter: () => counter,
    rows: () => present,
    sleptMs: () => nowMs,
    onDelete: NOTHING,
    onEmpty: NOTHING,
    visit: () => {
      present += 1;
      pending.push({ total: 1, removed: 0 });
    },
    lose: () => void pending.splice(0),
    count: () => {
      for (const { total, removed } of pending.splice(0)) {
        counter = { ...counter, total: counter.total + total, removed: counter.removed + removed };
      }
    },
    dependencies: {
      counter: 'blog/a',
      now: () => nowMs,
      sleep: async (ms: number) => {
        nowMs += ms;
        world.count();
      },
      isCounted: async () => pending.length === 0,
      readCounter: async () => counter,
      deleteRows: async () => {
        const deleted = present;
        present = 0;
        for (let row = 0; row < deleted; row += 1) pending.push({ total: 0, removed: 1 });
        world.onDelete();
        return deleted;
      },
      empty: async (before: Counter) => {
        world.onEmpty();
        if (counter.total !== before.total || counter.removed !== before.removed) return false;
        counter = { ...counter, total: 0, removed: 0 };
        return true;
      },
    },
  };
  return world;
};

describe('a dropped counter', () => {
  it('has neither rows nor numbers, once the deletions are counted', async () => {
    const world = createWorld({ total: 5, removed: 2 }, 3);
    expect(await dropCounter(world.dependencies)).toBe(3);
    world.count();
    expect(world.counter()).toMatchObject({ total: 0, removed: 0 });
    expect(world.rows()).toBe(0);
  });

  it('loses no visit that arrives after the last scan began', async () => {
    const world = createWorld({ total: 5, removed: 2 }, 3);
    let scans = 0;
    world.onDelete = () => {
      scans += 1;
      if (scans === 2) world.visit();
    };
    expect(await dropCounter(world.dependencies)).toBe(4);
    expect(world.counter()).toMatchObject({ total: 0, removed: 0 });
  });

  it('counts a visit that is not counted yet when it is emptied from zero', async () => {
    const world = createWorld({ total: 5, removed: 2 }, 3);
    world.onEmpty = () => {
      world.onEmpty = () => undefined;
      world.visit();
    };
    await dropCounter(world.dependencies);
    world.count();
    expect(world.counter()).toMatchObject({ total: 1, removed: 0 });
    expect(world.rows()).toBe(1);
  });

  it('is not emptied at once while total and removed differ, because a deletion may be hidden', async () => {
    const world = createWorld({ total: 5, removed: 2 }, 3);
    const sleep = async (ms: number) => {
      if (ms > 60_000) world.count();
    };
    // An open shard returned so many empty pages that everything seemed to be counted.
    await dropCounter({ ...world.dependencies, sleep, isCounted: async () => true });
    world.count();
    expect(world.counter()).toMatchObject({ total: 0, removed: 0 });
  });

  it('is emptied after two minutes although it had drifted', async () => {
    const world = createWorld({ total: 9, removed: 2 }, 3);
    expect(await dropCounter(world.dependencies)).toBe(3);
    expect(world.counter()).toMatchObject({ total: 0, removed: 0 });
    expect(world.sleptMs()).toBeGreaterThanOrEqual(120_000);
  });

  it('has no row that appeared behind its first scan, even if all records were lost', async () => {
    const world = createWorld({ total: 3, removed: 3 }, 2);
    world.onDelete = () => {
      world.onDelete = NOTHING;
      world.visit();
      world.lose();
    };
    expect(await dropCounter(world.dependencies)).toBe(3);
    expect(world.counter()).toMatchObject({ total: 0, removed: 0 });
    expect(world.rows()).toBe(0);
  });

  it('keeps its rows while a retract is running', async () => {
    const at = '2026-11-23T18:00:00.000Z';
    const world = createWorld(
      { total: 5, removed: 2, undo: { kind: 'retract' as const, from: at, to: at, at } },
      3,
    );
    await expect(dropCounter(world.dependencies)).rejects.toThrow(
      /^A retract of the counter blog\/a from .* is running, or was killed/,
    );
    expect(world.rows()).toBe(3);
  });

  it('is left exact when visits keep arriving, with advice', async () => {
    const world = createWorld({ total: 5, removed: 2 }, 3);
    world.onDelete = world.visit;
    await expect(dropCounter(world.dependencies)).rejects.toThrow(
      /Visits of blog\/a keep arriving. Take its element off the pages, or .* out of COUNTERS and deploy; then run/,
    );
    world.count();
    expect(world.counter().total - world.counter().removed).toBe(world.rows());
  });
});

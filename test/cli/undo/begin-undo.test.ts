import { describe, expect, it } from 'vitest';
import { beginOrContinue } from '../../../src/cli/undo/begin-undo.ts';
import { createMemoryCounter } from '../../../src/domain/memory-counter.ts';

const INTERVAL = {
  kind: 'retract' as const,
  from: '2026-11-27T03:00:00.000Z',
  to: '2026-11-27T05:00:00.000Z',
};
const OTHER = { ...INTERVAL, to: '2026-11-27T06:00:00.000Z' };
const AT = '2026-11-27T12:00:00.000Z';

const createWorld = () => {
  const store = createMemoryCounter();
  const begin = (interval = INTERVAL, parts = {}) =>
    beginOrContinue(
      {
        ...{ counter: 'site', store, readCounter: async () => store.read() },
        now: () => Date.parse(AT),
        ...parts,
      },
      interval,
    );
  return { store, begin };
};

describe('a retract', () => {
  it('begins now, and is continued with the same time', async () => {
    const { store, begin } = createWorld();
    const begun = await begin();
    expect(begun).toEqual({ ...INTERVAL, at: AT });
    expect(await begin(INTERVAL, { now: () => Date.parse(AT) + 9_000 })).toEqual(begun);
    expect(store.read().undo).toEqual(begun);
  });

  it('has another time than the one before, even in the same millisecond', async () => {
    const { store, begin } = createWorld();
    await begin();
    await store.endUndo(AT);
    expect((await begin(OTHER)).at).toBe('2026-11-27T12:00:00.001Z');
  });

  it('has begun although the answer was lost', async () => {
    const { store, begin } = createWorld();
    const beginUndo: typeof store.beginUndo = async (...args) => !(await store.beginUndo(...args));
    expect(await begin(INTERVAL, { store: { ...store, beginUndo } })).toMatchObject({ at: AT });
  });

  it('gives up when it is refused again and again', async () => {
    const { store, begin } = createWorld();
    const beginUndo = async () => false;
    await expect(begin(INTERVAL, { store: { ...store, beginUndo } })).rejects.toMatchObject({
      ...{ name: 'CommandError', message: expect.stringContaining('could not begin') },
    });
  });

  it('of another interval is refused, with what to do', async () => {
    const { begin } = createWorld();
    await begin();
    await expect(begin(OTHER)).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringMatching(
        /from 2026-11-27T03:00:00.000Z to 2026-11-27T05:00:00.000Z is running, or was killed. Nothing was changed. To finish it, run .*retract --from 2026-11-27T03:00:00.000Z --to 2026-11-27T05:00:00.000Z --yes; to give it up, run .*retract --abort/,
      ),
    });
  });

  it('of another counter than the site is continued and given up by commands that name it', async () => {
    const { begin } = createWorld();
    await begin();
    await expect(begin(OTHER, { counter: 'blog/a' })).rejects.toThrow(
      /^A retract of the counter blog\/a from .*run .*retract --from .* --counter blog\/a --yes; .*retract --abort --counter blog\/a$/,
    );
  });

  it('is refused during a rebuild, even if that begins at the same moment', async () => {
    const { store, begin } = createWorld();
    const beginUndo: typeof store.beginUndo = async (...args) => {
      await store.beginRebuild(AT, undefined);
      return store.beginUndo(...args);
    };
    await expect(begin(INTERVAL, { store: { ...store, beginUndo } })).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringContaining('A rebuild of this counter is running, or was killed'),
    });
    expect(store.read().undo).toBeUndefined();
  });
});

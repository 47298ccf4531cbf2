import { describe, expect, it } from 'vitest';
import { parseCounterList } from '../../src/domain/counter-name.ts';
import { createAdmitCounter, type NameStore } from '../../src/ingest/admit-counter.ts';
import { addCounterName, hasCounterName } from '../../src/tables/counter-names.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';

const useFile = useDatabase();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The containers of a deployment that admits at most `maxCounters` names; each records what it asks. */
const deploy = async ({ counters = ['about', 'blog/*'], maxCounters = 2 } = {}) => {
  const { client, tables } = await openFreshTables(useFile());
  const list = parseCounterList(counters) ?? expect.fail();
  let nowMs = Date.now();
  const start = (wrap = (store: NameStore) => store) => {
    const asked: string[] = [];
    const store = wrap({
      has: (name) => {
        asked.push(`has ${name}`);
        return hasCounterName(client, tables.COUNTS_TABLE, name);
      },
      add: (name) => {
        asked.push(`add ${name}`);
        return addCounterName(client, tables.COUNTS_TABLE, name, maxCounters);
      },
    });
    const names = list.prefixes.length > 0 ? store : undefined;
    const admit = createAdmitCounter({ counters: list, names, now: () => nowMs });
    return { admit, takeAsked: () => asked.splice(0) };
  };
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { start, wait };
};

describe('a counter', () => {
  it('that is listed, or the site’s, is admitted without a request', async () => {
    const { admit, takeAsked } = (await deploy()).start();
    expect([await admit('site'), await admit('about')]).toEqual([undefined, undefined]);
    expect(takeAsked()).toEqual([]);
  });

  it('that is outside the list is unknown, without a request', async () => {
    const { admit, takeAsked } = (await deploy()).start();
    expect([await admit('shop'), await admit('blog')]).toEqual(Array(2).fill('unknown-counter'));
    expect(takeAsked()).toEqual([]);
    const { admit: admitListed } = (await deploy({ counters: ['about'] })).start();
    expect(await admitListed('blog/a')).toBe('unknown-counter');
  });
});

describe('a name that a pattern matches', () => {
  it('is added at its first visit, and then admitted without a request', async () => {
    const { admit, takeAsked } = (await deploy()).start();
    expect(await admit('blog/a')).toBeUndefined();
    expect(takeAsked()).toEqual(['has blog/a', 'add blog/a']);
    expect(await admit('blog/a')).toBeUndefined();
    expect(takeAsked()).toEqual([]);
  });

  it('is looked up once by every other container', async () => {
    const { start } = await deploy();
    await start().admit('blog/a');
    const { admit, takeAsked } = start();
    for (let visit = 0; visit < 3; visit += 1) expect(await admit('blog/a')).toBeUndefined();
    expect(takeAsked()).toEqual(['has blog/a']);
  });

  it('is looked up again after an hour, because it may have been dropped', async () => {
    const { start, wait } = await deploy();
    const { admit, takeAsked } = start();
    await admit('blog/a');
    wait(HOUR - 1);
    await admit('blog/a');
    expect(takeAsked()).toEqual(['has blog/a', 'add blog/a']);
    wait(1);
    expect(await admit('blog/a')).toBeUndefined();
    expect(takeAsked()).toEqual(['has blog/a']);
  });

  it('is looked up once for concurrent visits', async () => {
    const { admit, takeAsked } = (await deploy()).start();
    const visits = Array.from({ length: 20 }, () => admit('blog/a'));
    expect(new Set(await Promise.all(visits))).toEqual(new Set([undefined]));
    expect(takeAsked()).toEqual(['has blog/a', 'add blog/a']);
  });

  it('that cannot be looked up is neither admitted nor refused, and is looked up again', async () => {
    const failing = { fails: true };
    const { admit } = (await deploy()).start((store) => ({
      ...store,
      has: (name) => (failing.fails ? Promise.reject(new Error('away')) : store.has(name)),
    }));
    await expect(admit('blog/a')).rejects.toThrow('away');
    failing.fails = false;
    expect(await admit('blog/a')).toBeUndefined();
  });

  it('that cannot be added does not keep the next one from being added', async () => {
    const { admit } = (await deploy()).start((store) => ({
      ...store,
      add: (name) => (name === 'blog/a' ? Promise.reject(new Error('away')) : store.add(name)),
    }));
    const [first, second] = await Promise.allSettled([admit('blog/a'), admit('blog/b')]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toEqual({ status: 'fulfilled', value: undefined });
  });
});

describe('at the limit', () => {
  const fill = async () => {
    const deployment = await deploy();
    const { admit } = deployment.start();
    for (const name of ['blog/a', 'blog/b']) await admit(name);
    return deployment;
  };

  it('a new name is refused, for a minute without a request', async () => {
    const { start, wait } = await fill();
    const { admit, takeAsked } = start();
    expect(await admit('blog/new')).toBe('too-many-counters');
    expect(takeAsked()).toEqual(['has blog/new', 'add blog/new']);
    wait(MINUTE - 1);
    expect(await admit('blog/new')).toBe('too-many-counters');
    expect(takeAsked()).toEqual([]);
    wait(1);
    expect(await admit('blog/new')).toBe('too-many-counters');
    expect(takeAsked()).toEqual(['has blog/new', 'add blog/new']);
  });

  it('every further name costs one read and no write for that minute', async () => {
    const { admit, takeAsked } = (await fill()).start();
    await admit('blog/first');
    takeAsked();
    const refused = await Promise.all(['blog/x', 'blog/y', 'blog/z'].map(admit));
    expect(refused).toEqual(Array(3).fill('too-many-counters'));
    expect(takeAsked()).toEqual(['has blog/x', 'has blog/y', 'has blog/z']);
  });

  it('names that exist are admitted', async () => {
    const { admit } = (await fill()).start();
    await admit('blog/new');
    expect([await admit('blog/a'), await admit('blog/b')]).toEqual([undefined, undefined]);
  });

  it('a container adds names one after the other, so that one refusal is enough for all', async () => {
    const waiting: (() => void)[] = [];
    // All names are looked up before the first can be added.
    const meet = () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const go of waiting) go();
      });
    const { admit, takeAsked } = (await fill()).start((store) => ({
      ...store,
      has: async (name) => {
        const exists = await store.has(name);
        await meet();
        return exists;
      },
    }));
    await Promise.all(['blog/x', 'blog/y', 'blog/z'].map(admit));
    expect(takeAsked().filter((request) => request.startsWith('add'))).toHaveLength(1);
  });
});

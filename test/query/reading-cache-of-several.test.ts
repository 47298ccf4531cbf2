import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadingCache } from '../../src/query/reading-cache.ts';
import { createKeptLog, type KeptLog } from '../support/kept-log.ts';
import { NOW_MS } from '../support/stream-records.ts';

let nowMs: number;
let units: Record<string, number>;
let failing: ReadonlySet<string>;
let requests: (readonly string[])[];
let log: KeptLog;
let invented: ReadonlySet<string>;

beforeEach(() => {
  nowMs = NOW_MS;
  units = {};
  failing = new Set();
  invented = new Set(['invented']);
  requests = [];
  log = createKeptLog();
});

const createCache = (unitsPerSecond = 1, capacity = 1_000) =>
  createReadingCache({
    ...{ unitsPerSecond, capacity, log, now: () => nowMs },
    isKept: (counter) => !invented.has(counter),
    read: async (counters) => {
      requests.push(counters);
      await Promise.resolve();
      if (counters.some((counter) => failing.has(counter))) throw new Error('no table');
      return new Map(
        counters.map((counter) => [counter, { value: counter, readUnits: units[counter] ?? 0.5 }]),
      );
    },
  });

const spentUnits = () => requests.flat().reduce((sum, name) => sum + (units[name] ?? 0.5), 0);

describe('a cache of several counters', () => {
  it('reads together what is not fresh, and returns each under its name', async () => {
    const { read, readAll } = createCache();
    await read('a');
    const readings = await readAll(['b', 'a', 'c']);
    expect([...readings].map(([name, { value }]) => [name, value])).toEqual([
      ['b', 'b'],
      ['a', 'a'],
      ['c', 'c'],
    ]);
    expect(requests).toEqual([['a'], ['b', 'c']]);
  });

  it('shares reads that are in progress', async () => {
    const { read, readAll } = createCache();
    await Promise.all([readAll(['a', 'b']), read('b'), readAll(['b', 'c']), read('c')]);
    expect(requests).toEqual([['a', 'b'], ['c']]);
  });

  it('serves each for as long as the budget takes to pay for all', async () => {
    units = { a: 3, b: 1 };
    const { readAll } = createCache(2);
    const readings = await readAll(['a', 'b']);
    const expiries = [...readings.values()].map(({ expiresAtMs }) => expiresAtMs - NOW_MS);
    expect(expiries).toEqual([2_000, 2_000]);
  });

  it('serves one counter as often as it would alone, a minute after the others', async () => {
    units = { a: 10, b: 40 };
    const { read } = createCache(1);
    await read('b');
    const lifetimeOf = async (name: string) => (await read(name)).expiresAtMs - nowMs;
    expect(await lifetimeOf('a')).toBe(50_000);
    nowMs += 60_001;
    expect(await lifetimeOf('a')).toBe(10_000);
  });

  it('does not keep what is not worth keeping', async () => {
    const { read, readAll } = createCache(1, 2);
    await readAll(['a', 'b']);
    for (let time = 0; time < 3; time += 1) await read('invented');
    await readAll(['a', 'b']);
    expect(requests).toEqual([['a', 'b'], ['invented'], ['invented'], ['invented']]);
  });

  it('forgets what is no longer worth keeping', async () => {
    const { read } = createCache(1_000);
    await read('a');
    nowMs += 1_000;
    invented = new Set(['a']);
    await read('a');
    failing = new Set(['a']);
    await expect(read('a')).rejects.toThrow('no table');
  });

  it('reads a counter again that another one replaced', async () => {
    const { read } = createCache(1, 2);
    for (const name of ['a', 'b', 'c', 'b', 'c', 'a']) await read(name);
    expect(requests.flat()).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('when reading several counters fails', () => {
  it('serves those that are kept, each for its minute, and logs one line', async () => {
    const { readAll } = createCache(1_000);
    await readAll(['a', 'b']);
    nowMs += 30_000;
    failing = new Set(['b']);
    expect((await readAll(['a', 'b'])).get('a')).toMatchObject({ readAtMs: NOW_MS });
    expect(log.lines).toHaveLength(1);
    nowMs += 30_001;
    await expect(readAll(['a', 'b'])).rejects.toThrow('no table');
    expect((await readAll(['a'])).get('a')).toMatchObject({ readAtMs: nowMs });
  });

  it('throws when one of them is not kept, but serves the others to a concurrent request', async () => {
    const { read, readAll } = createCache(1_000);
    await read('a');
    nowMs += 30_000;
    failing = new Set(['new']);
    const [both, alone] = await Promise.allSettled([readAll(['a', 'new']), read('a')]);
    expect(both).toMatchObject({ status: 'rejected', reason: new Error('no table') });
    expect(alone).toMatchObject({ value: { readAtMs: NOW_MS } });
  });
});

const HOUR_MS = 3_600_000;
const readUnits = fc.constantFrom(0.5, 1, 3, 10, 100);
const costs = fc.array(readUnits, { minLength: 1, maxLength: 12 });

it('costs no more than one budget, whatever the counters and the requests', async () => {
  const request = fc.record({
    counters: fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 10 }),
    afterMs: fc.integer({ min: 1, max: 20_000 }),
  });
  const requested = fc.array(request, { minLength: 20, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(costs, requested, fc.constantFrom(1, 5), async (given, asked, rate) => {
      units = Object.fromEntries(given.map((cost, index) => [`c${index}`, cost]));
      ({ nowMs, requests } = { nowMs: NOW_MS, requests: [] });
      const { readAll } = createCache(rate);
      for (const { counters, afterMs } of asked) {
        nowMs += afterMs;
        const names = counters.map((index) => `c${index % given.length}`);
        const readings = await readAll([...new Set(names)]);
        for (const { readAtMs } of readings.values()) {
          expect(nowMs - readAtMs).toBeLessThanOrEqual(60_000);
        }
      }
      const seconds = (nowMs - NOW_MS) / 1_000;
      const round = given.reduce((sum, cost) => sum + cost, 0);
      // Each counter may be read once before the budget limits it, and once a minute whatever it costs.
      const minimum = round * (2 + seconds / 60);
      expect(spentUnits()).toBeLessThanOrEqual(seconds * rate + minimum);
    }),
    { numRuns: 200 },
  );
});

it('costs one budget in an hour of requests for ten counters every 100 ms', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
  const { readAll } = createCache(1);
  for (const endMs = NOW_MS + HOUR_MS; nowMs < endMs; nowMs += 100) await readAll(names);
  expect(spentUnits()).toBe(3_600);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { readingOf, readRows } from '../../src/audit/read-rows.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { sumRows } from '../../src/domain/row-counts.ts';
import { daysAgo, HOUR_MS, useAuditedWorld } from '../support/audited-world.ts';
import { NOW_MS } from '../support/stream-records.ts';

const { world } = useAuditedWorld();
beforeEach(() => {
  world().onSleep = () => world().count();
});

/** The reading of the site's counter. */
const read = async (readCounters = world().dependencies().readCounters) =>
  readingOf(SITE, await readRows(world().dependencies(), NOW_MS, readCounters));

describe('a reading of the rows', () => {
  it('has a first counter with everything that happened before the scan', async () => {
    world().insert(0, daysAgo(3));
    world().remove(0);
    const { before, rows, after } = await read();
    expect(before).toMatchObject({ total: 2, removed: 1 });
    expect(sumRows(rows)).toBe(1);
    expect(after).toEqual(before);
  });

  it('has a second counter with everything that happened during the scan', async () => {
    world().insert(0, daysAgo(3));
    world().onRead = () => {
      world().insert(0, 0);
      world().remove(daysAgo(3));
    };
    const { before, after } = await read();
    expect(before).toMatchObject({ total: 2, removed: 0 });
    expect(after).toMatchObject({ total: 4, removed: 1 });
  });

  it('separates the rows at its cutoff', async () => {
    world().insert(-HOUR_MS, 0, HOUR_MS);
    const { rows } = await read();
    expect(rows).toEqual({
      ...{ byDay: new Map([['2026-11-23', 1]]), undated: 0, sinceCutoff: 2, ahead: 0 },
    });
  });

  it('has the counters that its reader returns, in order', async () => {
    let readings = 0;
    const readCounters = async () => {
      readings += 1;
      return new Map([[SITE, { ...world().counter(), total: readings }]]);
    };
    const { before, after } = await read(readCounters);
    expect([before.total, after.total]).toEqual([1, 2]);
  });

  it('throws what its reader throws', async () => {
    const replaced = async () => Promise.reject(new Error('another rebuild'));
    await expect(read(replaced)).rejects.toThrow('another rebuild');
  });

  it.each(['before', 'during'])('fails when nothing is counted %s the scan', async (when) => {
    const insertUncounted = (): void => {
      world().onSleep = () => undefined;
      world().insert(0);
    };
    if (when === 'before') insertUncounted();
    else world().onRead = insertUncounted;
    await expect(read()).rejects.toMatchObject({
      ...{ name: 'AuditError', message: expect.stringContaining('ten minutes behind') },
    });
  });
});

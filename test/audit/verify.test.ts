import { beforeEach, expect, it } from 'vitest';
import { agrees, type Verification, verifyRows } from '../../src/audit/verify.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { daysAgo, useAuditedWorld } from '../support/audited-world.ts';

const { world } = useAuditedWorld();
beforeEach(() => {
  world().onSleep = () => world().count();
});
const verify = async (name = SITE) =>
  (await verifyRows(world().dependencies())).get(name) as Verification;

it('agrees when every row is counted', async () => {
  world().insert(0, 0, daysAgo(3), daysAgo(200));
  await world().count();
  const found = await verify();
  expect(found).toMatchObject({ rows: 4, expected: 4, drift: 0, uncertainty: 0 });
  expect(found.settled).toEqual({ cutoff: '2026-11-23', missing: 0, surplus: 0, uncertainty: 0 });
  expect(agrees(found)).toBe(true);
});

it('waits for what was written before the scan, and is then certain', async () => {
  world().insert(0, daysAgo(3));
  expect(await verify()).toMatchObject({ rows: 2, expected: 2, drift: 0, uncertainty: 0 });
});

it('reports what changed during the scan as its possible error', async () => {
  world().insert(0, daysAgo(3));
  await world().count();
  world().onRead = () => {
    world().insert(0, daysAgo(3));
    world().remove(daysAgo(3));
  };
  const found = await verify();
  expect(found).toMatchObject({ drift: 0, uncertainty: 3, settled: { uncertainty: 2 } });
  expect(agrees(found)).toBe(true);
});

it('finds a lost session of an earlier day in addition to a lost removal of today', async () => {
  world().insert(0, 0, daysAgo(3));
  await world().count();
  world().insert(daysAgo(3));
  world().remove(0);
  world().lose();
  const found = await verify();
  expect(found).toMatchObject({ drift: 0, settled: { missing: 1, surplus: 0, uncertainty: 0 } });
  expect(agrees(found)).toBe(false);
});

it('finds a lost removal of an earlier day in addition to a lost session of today', async () => {
  world().insert(daysAgo(3), daysAgo(3));
  await world().count();
  world().insert(0);
  world().remove(daysAgo(3));
  world().lose();
  const found = await verify();
  expect(found).toMatchObject({ drift: 0, settled: { missing: 0, surplus: 1, uncertainty: 0 } });
  expect(agrees(found)).toBe(false);
});

it('finds a lost session of today by the sum alone', async () => {
  world().insert(0, daysAgo(3));
  await world().count();
  world().insert(0);
  world().lose();
  const found = await verify();
  expect(found).toMatchObject({ drift: 1, settled: { missing: 0, surplus: 0 } });
  expect(agrees(found)).toBe(false);
});

it('lets no day hide the drift of another', async () => {
  world().insert(daysAgo(3), daysAgo(4));
  await world().count();
  world().insert(daysAgo(3));
  world().remove(daysAgo(4));
  world().lose();
  const found = await verify();
  expect(found).toMatchObject({ drift: 0, settled: { missing: 1, surplus: 1, uncertainty: 0 } });
  expect(agrees(found)).toBe(false);
});

it('gives up when the projector needs more than ten minutes', async () => {
  world().onSleep = () => undefined;
  world().insert(0);
  await expect(verify()).rejects.toMatchObject({
    name: 'AuditError',
    message: expect.stringContaining('ten minutes behind'),
  });
});

it('compares each counter with its own rows, in one scan', async () => {
  world().insert(0, daysAgo(3));
  world().of('blog/a').insert(0, 0, daysAgo(3));
  await world().count();
  let scans = 0;
  world().onRead = () => {
    scans += 1;
  };
  expect(await verify()).toMatchObject({ rows: 2, expected: 2, drift: 0, uncertainty: 0 });
  expect(scans).toBe(1);
  expect(await verify('blog/a')).toMatchObject({ rows: 3, expected: 3, drift: 0, uncertainty: 0 });
});

it('lets no counter hide the drift of another', async () => {
  world().insert(daysAgo(3));
  world().of('blog/a').insert(daysAgo(3));
  await world().count();
  world().insert(daysAgo(3));
  world().of('blog/a').remove(daysAgo(3));
  world().lose();
  expect(await verify()).toMatchObject({ drift: 1, settled: { missing: 1, surplus: 0 } });
  expect(await verify('blog/a')).toMatchObject({ drift: -1, settled: { missing: 0, surplus: 1 } });
});

it('finds the rows of a counter whose item is gone', async () => {
  world().of('blog/a').insert(daysAgo(3));
  world().lose();
  expect(await verify('blog/a')).toMatchObject({ rows: 1, expected: 0, drift: 1 });
});

it.each([1, 3])(
  'waits for a counter that has no item yet, at %i looks at the stream',
  async (looks) => {
    world().of('new').insert(0);
    world().insert(0);
    await world().countOnly(SITE);
    let left = Number.POSITIVE_INFINITY;
    world().onRead = () => {
      left = looks;
    };
    world().onSleep = () => {
      left -= 1;
      return left === 0 ? world().count() : undefined;
    };
    const found = await verify('new');
    expect(found).toMatchObject({ rows: 1, expected: 1, drift: 0 });
    expect(agrees(found)).toBe(true);
  },
);

const RETRACT = {
  kind: 'retract' as const,
  ...{ from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
  at: '2026-11-23T18:00:00.000Z',
};

it('agrees after a retract', async () => {
  world().insert(0, 0, daysAgo(3), daysAgo(3));
  await world().count();
  await world().store().beginUndo(RETRACT, undefined);
  world().retract(daysAgo(3), daysAgo(3));
  await world().store().endUndo(RETRACT.at);
  const found = await verify();
  expect(found).toMatchObject({ rows: 2, expected: 2, drift: 0, uncertainty: 0 });
  expect(agrees(found)).toBe(true);
  expect(world().counter()).toMatchObject({ total: 2, removed: 0 });
});

it('is refused while a retract is running, which may hide new rows, and says what to do', async () => {
  world().of('blog/a').insert(0);
  await world().count();
  await world().store('blog/a').beginUndo(RETRACT, undefined);
  await expect(verify()).rejects.toMatchObject({
    name: 'AuditError',
    message:
      'A retract of the counter blog/a from 2026-11-20T00:00:00.000Z to 2026-11-21T00:00:00.000Z is running, or ' +
      'was killed. Wait until it has ended, run it again, or give it up with retract --abort --counter ' +
      'blog/a; then run this command again',
  });
});

it('is refused when a retract begins and ends while the rows are read', async () => {
  world().insert(0, daysAgo(3));
  await world().count();
  world().onRead = async () => {
    await world().store().beginUndo(RETRACT, undefined);
    world().insert(0);
    world().retract(daysAgo(3));
    await world().store().endUndo(RETRACT.at);
  };
  await expect(verify()).rejects.toMatchObject({
    name: 'AuditError',
    message: expect.stringContaining('A retract or a restore began while the rows were read'),
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type Clock, SYSTEM_CLOCK } from '../../../src/cli/clock.ts';
import { rebuildCommand } from '../../../src/cli/rebuild/rebuild-command.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock, createWaitCountingClock } from '../../support/fast-clock.ts';
import { jsonOfCounter } from '../../support/json-of-counter.ts';
import { injectDrift, project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const counter = () => readCounter(database().client, database().tables.COUNTS_TABLE, 'strong');
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const STEP_MS = 1_000;

/** A fast clock whose first sleep takes a second, the resolution of DynamoDB's clock. */
const createSteppingClock = (): Clock => {
  const clock = createFastClock();
  let isFirst = true;
  const sleep: Clock['sleep'] = (ms, signal) => {
    const step = isFirst ? SYSTEM_CLOCK.sleep(STEP_MS, signal) : clock.sleep(ms, signal);
    isFirst = false;
    return step;
  };
  return { ...clock, sleep };
};

/** Runs a rebuild whose long waits are recorded and skipped. */
const rebuild = (...args: string[]) => rebuildBy(createFastClock(), args);
const rebuildBy = async (clock: Clock, args: readonly string[]) => {
  const waits: { label: string; ms: number }[] = [];
  const wait = async ({ label, ms }: { label: string; ms: number }) =>
    void waits.push({ label, ms });
  const command = ['rebuild', ...args, ...tableOptions(database())];
  const run = await runCommandHere(command, { wait, clock });
  return { ...run, waits };
};

describe('a rebuild', () => {
  beforeEach(async () => {
    project(database());
    await visitAt(database(), daysAgo(1), ['a', 'b', 'c']);
    await untilCounted(database(), { total: 3, removed: 0 });
  });

  it.each([
    { args: [], marginSeconds: 60, apartSeconds: 120 },
    { args: ['--margin', '600', '--apart', '300'], marginSeconds: 600, apartSeconds: 300 },
  ])(
    'with $args waits $marginSeconds s and $apartSeconds s, and counts surplus as removals',
    async (given) => {
      await injectDrift(database(), 2);
      const { code, out, err, waits } = await rebuildBy(createSteppingClock(), [
        ...given.args,
        '--yes',
      ]);
      const longest = 2 * given.marginSeconds + 1;
      expect(err).toMatch(
        new RegExp(`^Counting .* takes at least ${2 * given.marginSeconds + 10} s`),
      );
      const label = 'Waiting for visits in progress';
      expect(waits).toEqual([
        { label, ms: expect.any(Number) },
        { label, ms: given.apartSeconds * 1_000 },
      ]);
      // Up to the cutoff, less the time to read the rows, then another margin and a clock step of 1
      // s.
      expect(waits[0]?.ms).toBeLessThanOrEqual(longest * 1_000);
      expect(waits[0]?.ms).toBeGreaterThan((longest - 28) * 1_000);
      expect(code).toBe(0);
      expect(out).toMatch(
        /^Missing in counter +0\nSurplus in counter +2\nTotal before +5\nTotal after +5\n/,
      );
      expect(out).toMatch(/\nThe counter is corrected\. .*\n$/);
      expect(await counter()).toMatchObject({ total: 5, removed: 2, rebuild: undefined });
    },
  );

  it('with --lower-total lowers the total, and prints JSON for scripts', async () => {
    await injectDrift(database(), 2);
    const { code, out, err, waits } = await rebuild('--yes', '--lower-total', '--json');
    expect({ code, err, ...jsonOfCounter(out) }).toEqual({
      ...{ code: 0, err: '', before: 5, after: 3, missing: 0, surplus: 2, uncertainty: 0 },
      ...{ isCorrected: true, cutoff: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(waits).toHaveLength(2);
    expect(await counter()).toMatchObject({ total: 3, removed: 0, rebuild: undefined });
  });

  it('exits 1 and changes nothing if --yes would correct the counter', async () => {
    await injectDrift(database(), -2);
    const before = await counter();
    const { code, out, waits } = await rebuild();
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('with --yes.') });
    expect(out).toMatch(/^Missing in counter +2\n/);
    expect(waits).toHaveLength(1);
    expect(await counter()).toEqual({ ...before, lastCutoff: expect.any(String) });
  });

  it('exits 0 if the counter agrees', async () => {
    const before = await counter();
    const { code, out } = await rebuild();
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('agrees with') });
    expect(await counter()).toEqual({ ...before, lastCutoff: expect.any(String) });
  });

  it.each([
    { option: '--margin', text: '0' },
    { option: '--margin', text: '3601' },
    { option: '--apart', text: '0' },
    { option: '--apart', text: '3601' },
  ])('refuses $option $text', async ({ option, text }) => {
    const before = await counter();
    expect(await run('rebuild', option, text)).toEqual({
      ...{ code: 2, out: '' },
      err: `${option} must be a whole number from 1 to 3600, but it is "${text}"\n`,
    });
    expect(await counter()).toEqual(before);
  });
});

it('a rebuild says once that it waits for the projector', async () => {
  await visitAt(database(), daysAgo(1), ['a', 'b', 'c']);
  let waits = 0;
  // More waits than the four that a rebuild makes if it does not wait long enough.
  const clock = createWaitCountingClock((number) => {
    waits = number;
    if (number === 5) project(database());
  });
  const { code, err } = await rebuildBy(clock, []);
  expect({ code, hasWaited: waits >= 5 }).toEqual({ code: 0, hasWaited: true });
  expect(err.match(/Waiting for the projector to catch up\./g)).toHaveLength(1);
});

it('the help of rebuild names its options, their defaults and its exit codes', () => {
  for (const text of [
    ...['--yes ', '--lower-total ', '--margin SECONDS', '1 to 3600 (default 60)', '--stack NAME'],
    ...[
      '--apart SECONDS',
      '1 to 3600 (default 120)',
      'compares again 120\nseconds later',
      'Exits 0 if',
    ],
  ]) {
    expect(rebuildCommand.help).toContain(text);
  }
  expect(rebuildCommand.summary).toContain('correct the counter from the session rows');
});

import { beforeEach, describe, expect, it } from 'vitest';
import { rebuildCommand } from '../../../src/cli/rebuild/rebuild-command.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { injectDrift, project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const counter = () => readCounter(database().client, database().tables.COUNTS_TABLE, 'strong');
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A rebuild on a clock of its own: what it would wait for is told, and over at once. */
const rebuild = async (...args: string[]) => {
  const waits: { label: string; ms: number }[] = [];
  const wait = async ({ label, ms }: { label: string; ms: number }) =>
    void waits.push({ label, ms });
  const ended = await runCommandHere(['rebuild', ...args, ...tableOptions(database())], { wait });
  return { ...ended, waits };
};

describe('a rebuild that need not wait', () => {
  beforeEach(async () => {
    project(database());
    await visitAt(database(), daysAgo(1), ['a', 'b', 'c']);
    await untilCounted(database(), { total: 3, removed: 0 });
  });

  it.each([
    { args: [], marginSeconds: 60, apartSeconds: 120 },
    { args: ['--margin', '600', '--apart', '300'], marginSeconds: 600, apartSeconds: 300 },
  ])('would as long as $args say, and takes more rows for removals', async (given) => {
    await injectDrift(database(), 2);
    const { code, out, err, waits } = await rebuild(...given.args, '--yes');
    const longest = 2 * given.marginSeconds + 1;
    expect(err).toMatch(new RegExp(`^Counting .* takes ${2 * given.marginSeconds + 10} s or more`));
    const label = 'Waiting for visits that are under way';
    expect(waits).toEqual([
      { label, ms: expect.any(Number) },
      { label, ms: given.apartSeconds * 1_000 },
    ]);
    // A margin until the cutoff, less what a look at the rows took, one more, and a step of the clock.
    expect(waits[0]?.ms).toBeLessThanOrEqual(longest * 1_000);
    expect(waits[0]?.ms).toBeGreaterThan((longest - 28) * 1_000);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Sessions missing +0\nRows too many +2\nTotal before +5\nTotal after +5\n/,
    );
    expect(out).toMatch(/\nThe counter is corrected\. .*\n$/);
    expect(await counter()).toMatchObject({ total: 5, removed: 2, rebuild: undefined });
  });

  it('lowers the total for who asks for it, and tells a script what it did', async () => {
    await injectDrift(database(), 2);
    const { code, out, err, waits } = await rebuild('--yes', '--lower-total', '--json');
    expect({ code, err, ...JSON.parse(out) }).toEqual({
      ...{ code: 0, err: '', before: 5, after: 3, missing: 0, surplus: 2, uncertainty: 0 },
      ...{ isCorrected: true, cutoff: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(waits).toHaveLength(2);
    expect(await counter()).toMatchObject({ total: 3, removed: 0, rebuild: undefined });
  });

  it('ends with 1 where --yes would correct the counter, and changes nothing', async () => {
    await injectDrift(database(), -2);
    const before = await counter();
    const { code, out, waits } = await rebuild();
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('with --yes.') });
    expect(out).toMatch(/^Sessions missing +2\n/);
    expect(waits).toHaveLength(1);
    expect(await counter()).toEqual({ ...before, lastCutoff: expect.any(String) });
  });

  it('ends with 0 where the counter agrees', async () => {
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
  ])('does not begin with $option $text', async ({ option, text }) => {
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
  setTimeout(() => project(database()), 2_500);
  const { code, err } = await rebuild();
  expect(code).toBe(0);
  expect(err.match(/Waiting until the projector has counted them\./g)).toHaveLength(1);
});

it('the help of rebuild names its options, their defaults and its exit codes', () => {
  for (const text of [
    ...['--yes ', '--lower-total ', '--margin SECONDS', '1 to 3600 (default 60)', '--stack NAME'],
    ...[
      '--apart SECONDS',
      '1 to 3600 (default 120)',
      'once more 120 seconds later',
      'Exit codes: 0',
    ],
  ]) {
    expect(rebuildCommand.help).toContain(text);
  }
  expect(rebuildCommand.summary).toContain('correct the counter by the rows');
});

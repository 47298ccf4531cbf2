import { expect, it } from 'vitest';
import { createAuditHandler } from '../../src/audit/audit-handler.ts';
import type { Console } from '../../src/cli/console/console.ts';
import { verifyCommand } from '../../src/cli/verify-command.ts';
import { readAudit } from '../../src/tables/audit-item.ts';
import { deleteSession } from '../../src/tables/delete-session.ts';
import { runCommandHere, tableOptions } from '../support/counter-command.ts';
import { createWaitCountingClock } from '../support/fast-clock.ts';
import { jsonOfCounter } from '../support/json-of-counter.ts';
import { injectDrift, project, untilCounted, visitAt } from '../support/projected-database.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const countThreeSessions = async (): Promise<void> => {
  project(database());
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  await untilCounted(database(), { total: 3, removed: 0 });
};

it('exits 0 if rows and counter agree, including those of today', async () => {
  await countThreeSessions();
  await visitAt(database(), daysAgo(0), ['new']);
  await untilCounted(database(), { total: 4, removed: 0 });
  const { code, out } = await run('verify');
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringContaining('Rows and counter agree.'),
  });
  const numbers = '  rows in the table    4\n  total - removed      4\n  possible error       0\n';
  expect(out).toContain(`All sessions up to now\n${numbers}Sessions first seen before`);
  expect(out).toMatch(
    /missing in counter +0\n +surplus in counter +0\n +possible error +0\nRows and counter agree\./,
  );
});

it('exits 1 if only the counts of today are wrong', async () => {
  await countThreeSessions();
  await visitAt(database(), daysAgo(0), ['new', 'newer']);
  await untilCounted(database(), { total: 5, removed: 0 });
  // Two visits of today are missing from the total and from the day.
  await injectDrift(database(), -2, new Date());
  const { code, out } = await run('verify', '--json');
  expect({ code, found: jsonOfCounter(out) }).toMatchObject({
    code: 1,
    found: {
      ...{ rows: 5, expected: 3, drift: 2, uncertainty: 0 },
      settled: { missing: 0, surplus: 0 },
    },
  });
});

it('treats visits, deletions and imports during the reading as a possible error, not as drift', async () => {
  await countThreeSessions();
  const client = [database().client, database().tables.SESSIONS_TABLE] as const;
  let number = 0;
  const makeTraffic = async () => {
    for (const end = number + 30; number < end; number += 1) {
      await visitAt(database(), daysAgo(number % 2 ? 0 : 5), [`busy-${number}`]);
      if (number % 3 === 0) await deleteSession(...client, `busy-${number}`);
    }
  };
  for (let round = 0; round < 2; round += 1) {
    const traffic = [makeTraffic()];
    const progress: Console['progress'] = () => {
      traffic.push(makeTraffic());
      return { advance: () => undefined, stop: () => undefined };
    };
    const args = ['verify', '--json', ...tableOptions(database())];
    const { code, out } = await runCommandHere(args, { progress });
    await Promise.all(traffic);
    expect(traffic).toHaveLength(2);
    expect(code, out).toBe(0);
    expect(jsonOfCounter(out).uncertainty).toBeGreaterThan(0);
  }
});

it('exits 1 and prints both numbers if they disagree', async () => {
  await countThreeSessions();
  await injectDrift(database(), -2);
  const { code, out } = await run('verify', '--json');
  expect(code).toBe(1);
  expect(jsonOfCounter(out)).toMatchObject({
    ...{ rows: 3, expected: 1, drift: 2, uncertainty: 0 },
    settled: { missing: 2, surplus: 0, uncertainty: 0 },
  });
});

it('finds what the audit finds, and rebuild corrects both', { timeout: 60_000 }, async () => {
  await countThreeSessions();
  await injectDrift(database(), 4);
  const audit = createAuditHandler(
    { ...database().tables },
    database().client,
    async () => undefined,
  );
  const lastAudit = () => readAudit(database().client, database().tables.COUNTS_TABLE);
  await audit();
  expect(await lastAudit()).toMatchObject({ missing: 0, surplus: 4, uncertainty: 0 });
  expect((await run('verify')).code).toBe(1);
  const rebuild = ['rebuild', '--lower-total', '--yes', ...tableOptions(database())];
  expect((await runCommandHere(rebuild, { wait: async () => undefined })).code).toBe(0);
  expect((await run('verify')).code).toBe(0);
  await audit();
  expect(await lastAudit()).toMatchObject({ missing: 0, surplus: 0, uncertainty: 0 });
});

it('says that a table is not a sessions table', async () => {
  const { COUNTS_TABLE } = database().tables;
  const swapped = ['--sessions-table', COUNTS_TABLE, '--counts-table', COUNTS_TABLE];
  const { code, err } = await runCommandHere(['verify', ...swapped]);
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringContaining('its key must be session_hash'),
  });
});

it('waits for the projector to catch up', async () => {
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  let waits = 0;
  // More waits than the two that a verify makes if it does not wait long enough.
  const clock = createWaitCountingClock((wait) => {
    waits = wait;
    if (wait === 3) project(database());
  });
  const { code } = await runCommandHere(['verify', ...tableOptions(database())], { clock });
  expect({ code, hasWaited: waits >= 3 }).toEqual({ code: 0, hasWaited: true });
});

it('refers to rebuild if they disagree, and its help names its exit codes', async () => {
  await countThreeSessions();
  await injectDrift(database(), 2);
  expect(await run('verify')).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('Rows and counter disagree. See rebuild --help.') },
  });
  for (const text of ['--json', '--stack NAME', 'Exits 0 if rows and counter agree, 1 if']) {
    expect(verifyCommand.help).toContain(text);
  }
  expect(verifyCommand.summary).toContain('compare the session rows');
});

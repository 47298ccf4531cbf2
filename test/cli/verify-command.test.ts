import { expect, it } from 'vitest';
import { createAuditHandler } from '../../src/audit/audit-handler.ts';
import { verifyCommand } from '../../src/cli/verify-command.ts';
import { readAudit } from '../../src/tables/audit-item.ts';
import { deleteSession } from '../../src/tables/delete-session.ts';
import { runCommandHere, tableOptions } from '../support/counter-command.ts';
import { injectDrift, project, untilCounted, visitAt } from '../support/projected-database.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const countThreeSessions = async (): Promise<void> => {
  project(database());
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  await untilCounted(database(), { total: 3, removed: 0 });
};

it('ends with 0 when rows and counter agree, those of today among them', async () => {
  await countThreeSessions();
  await visitAt(database(), daysAgo(0), ['new']);
  await untilCounted(database(), { total: 4, removed: 0 });
  const { code, out } = await run('verify');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('They agree.') });
  const numbers = '  rows in the table    4\n  total - removed      4\n  possible error       0\n';
  expect(out).toContain(`All sessions until now\n${numbers}Sessions of first visits before`);
  expect(out).toMatch(
    /missing in the count 0\n +too many in it +0\n +possible error +0\nThey agree\./,
  );
});

it('ends with 1 when what is wrong is of today alone', async () => {
  await countThreeSessions();
  await visitAt(database(), daysAgo(0), ['new', 'newer']);
  await untilCounted(database(), { total: 5, removed: 0 });
  // As a total that lacks two visits of today, day and all.
  await injectDrift(database(), -2, new Date());
  const { code, out } = await run('verify', '--json');
  expect({ code, found: JSON.parse(out) }).toMatchObject({
    code: 1,
    found: {
      ...{ rows: 5, expected: 3, drift: 2, uncertainty: 0 },
      settled: { missing: 0, surplus: 0 },
    },
  });
});

it('takes visits, deletions and imports while it reads for a possible error, not for a drift', async () => {
  await countThreeSessions();
  let isOver = false;
  const traffic = (async () => {
    for (let number = 0; !isOver; number += 1) {
      await visitAt(database(), daysAgo(number % 2 ? 0 : 5), [`busy-${number}`]);
      if (number % 3 === 0) {
        await deleteSession(
          ...([database().client, database().tables.SESSIONS_TABLE, `busy-${number}`] as const),
        );
      }
    }
  })();
  const runs = [await run('verify', '--json'), await run('verify', '--json')];
  isOver = true;
  await traffic;
  for (const { code, out } of runs) {
    expect(code, out).toBe(0);
    expect(JSON.parse(out).uncertainty).toBeGreaterThan(0);
  }
});

it('ends with 1 and both numbers when they do not', async () => {
  await countThreeSessions();
  await injectDrift(database(), -2);
  const { code, out } = await run('verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ rows: 3, expected: 1, drift: 2, uncertainty: 0 },
    settled: { missing: 2, surplus: 0, uncertainty: 0 },
  });
});

it('finds what the audit finds, and rebuild mends it for both', { timeout: 60_000 }, async () => {
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

it('says that a table is no table of sessions', async () => {
  const { COUNTS_TABLE } = database().tables;
  const swapped = ['--sessions-table', COUNTS_TABLE, '--counts-table', COUNTS_TABLE];
  const { code, err } = await runCommandHere(['verify', ...swapped]);
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringContaining('its key must be session_hash'),
  });
});

it('waits for the projector rather than blame it', async () => {
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  setTimeout(() => project(database()), 1_500);
  expect((await run('verify')).code).toBe(0);
});

it('prints what it found and where to go on, and its help names its exit codes', async () => {
  await countThreeSessions();
  await injectDrift(database(), 2);
  expect(await run('verify')).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('They disagree. See rebuild --help.') },
  });
  for (const text of ['--json', '--stack NAME', 'Exit codes: 0 they agree, 1 they do not']) {
    expect(verifyCommand.help).toContain(text);
  }
  expect(verifyCommand.summary).toContain('compare the rows');
});

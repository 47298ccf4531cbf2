import { expect, it } from 'vitest';
import { createAuditHandler } from '../../../src/audit/audit-handler.ts';
import { readAudit } from '../../../src/tables/audit-item.ts';
import { runCommandHere } from '../../support/counter-command.ts';
import { project, spoilTotal, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const countThreeSessions = async (): Promise<void> => {
  project(database());
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  await untilCounted(database(), { total: 3, removed: 0 });
};

it('ends with 0 when rows and counter agree, whatever today brings', async () => {
  await countThreeSessions();
  await visitAt(database(), daysAgo(0), ['new']);
  const { code, out } = await run('verify');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('They agree.') });
  expect(out).toMatch(/rows in the table +3\n +total - removed +3\n +possible error +0/);
});

it('ends with 1 and both numbers when they do not', async () => {
  await countThreeSessions();
  await spoilTotal(database(), -2);
  const { code, out } = await run('verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ rows: 3, expected: 1, drift: 2, uncertainty: 0 });
});

it('finds what the audit finds, and rebuild mends it for both', { timeout: 60_000 }, async () => {
  await countThreeSessions();
  await spoilTotal(database(), 4);
  const audit = createAuditHandler(
    { ...database().tables },
    database().client,
    async () => undefined,
  );
  const lastAudit = () => readAudit(database().client, database().tables.COUNTS_TABLE);
  await audit();
  expect(await lastAudit()).toMatchObject({ drift: -4, uncertainty: 0 });
  expect((await run('verify')).code).toBe(1);
  expect((await run('rebuild', '--margin', '1', '--yes')).code).toBe(0);
  expect((await run('verify')).code).toBe(0);
  await audit();
  expect(await lastAudit()).toMatchObject({ drift: 0, uncertainty: 0 });
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

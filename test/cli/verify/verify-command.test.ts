import { expect, it } from 'vitest';
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

it('waits for the projector rather than blame it', async () => {
  await visitAt(database(), daysAgo(3), ['a', 'b', 'c']);
  setTimeout(() => project(database()), 1_500);
  expect((await run('verify')).code).toBe(0);
});

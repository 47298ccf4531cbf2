import { expect, it } from 'vitest';
import { createAuditHandler } from '../../../src/audit/audit-handler.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const now = () => new Date().toISOString();

it('shows the counts, the checkpoints and the settings', async () => {
  project(database());
  await visitAt(database(), '2026-01-01T00:00:00.000Z', ['old']);
  await visitAt(database(), now(), ['a', 'b']);
  await untilCounted(database(), { total: 3, removed: 0 });
  const { code, out } = await run('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ total: 3, active: 2, removed: 0, rows: 3, newToday: 2 },
    checkpoints: [{ shardId: expect.any(String), sequence: '3', ageSeconds: expect.any(Number) }],
    settings: { activeWindowMinutes: 60, retentionDays: 395, hashScheme: 'hmac-sha256' },
  });
});

it('tells how the last audit ended', async () => {
  expect((await run('status')).out).toContain('none yet');
  await createAuditHandler({ ...database().tables }, database().client)();
  expect((await run('status')).out).toMatch(/Last audit +drift 0 ± 0, 20/);
});

it('shows an empty counter', async () => {
  const { code, out } = await run('status');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Distinct sessions +0\n/) });
});

import { describe, expect, it, vi } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { browser } from '../support/browsers.ts';
import { project, untilCounted } from '../support/projected-database.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const ADDRESS = httpApiEvent().requestContext?.http.sourceIp ?? '';
const ofVisitor = (number: number) => ['--ip', ADDRESS, '--user-agent', browser(number)];

const countTwoVisitors = async (): Promise<void> => {
  vi.stubEnv('HASH_KEY', 'k'.repeat(32));
  project(database());
  const settings = { ...database().tables, HASH_KEY: 'k'.repeat(32) };
  const ingest = createIngestHandler(settings, database().client);
  for (const number of [1, 2]) await ingest(httpApiEvent({ userAgent: browser(number) }));
  await untilCounted(database(), { total: 2, removed: 0 });
};

describe('forget', () => {
  it('deletes only the row of one visitor, and prints nothing about it', async () => {
    await countTwoVisitors();
    const first = await run('forget', ...ofVisitor(1));
    expect(first).toEqual({ code: 0, out: 'This visitor has no session row now.\n', err: '' });
    await untilCounted(database(), { total: 2, removed: 1 });
    expect(await run('forget', ...ofVisitor(1))).toEqual(first);
    await untilCounted(database(), { total: 2, removed: 1 });
  });

  it('fails without a hash key', async () => {
    const { code, err } = await run('forget', ...ofVisitor(1));
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('set HASH_KEY') });
  });

  it.each([
    { args: ['--ip', '203.0.113.777', '--user-agent', 'Firefox'], names: '--ip' },
    { args: ['--user-agent', 'Firefox'], names: '--ip' },
    { args: ['--ip', '203.0.113.7', '--user-agent', ' '], names: '--user-agent' },
    { args: ['--ip', '203.0.113.7'], names: '--user-agent' },
  ])(
    'names the invalid option of $args, but does not repeat its value',
    async ({ args, names }) => {
      const { code, err } = await run('forget', ...args);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(names) });
      expect(err).not.toMatch(/203\.0\.113|Firefox/);
    },
  );
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { replayCommand } from '../../../src/cli/replay/replay-command.ts';
import { endpointOf } from '../../support/answering-dynamodb.ts';
import { runCommandHere } from '../../support/counter-command.ts';
import { jsonOfCounter } from '../../support/json-of-counter.ts';
import { injectDrift } from '../../support/projected-database.ts';
import { inserted, removed, TODAY } from '../../support/stream-records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'all.jsonl');
  const records = [inserted(1), inserted(2), removed(3)];
  writeFileSync(file, records.map((each) => JSON.stringify({ ...each, shardId: 'a' })).join('\n'));
});
const replay = (...args: string[]) => runCommandHere(['replay', ...args]);

it('exits 0 and prints the counts of the records', async () => {
  const { code, out } = await replay('--from', file, '--json');
  expect(code).toBe(0);
  expect(jsonOfCounter(out)).toEqual({
    ...{ total: 2, removed: 1, records: 3, duplicates: 0, malformed: 0, late: 0 },
    days: { [TODAY]: 2 },
  });
  expect((await replay('--from', file)).out).toMatch(/Distinct sessions +2\n/);
});

it('with --compare exits 0 if both totals are equal, otherwise 1', async () => {
  const compare = ['replay', '--compare', '--from', file];
  const { code, out } = await run(...compare, '--json');
  expect({ code, ...jsonOfCounter(out) }).toMatchObject({
    ...{ code: 1, total: 2, live: { total: 0, removed: 0, days: {} } },
  });
  await injectDrift(database(), 2, new Date(`${TODAY}T00:00:00.000Z`));
  const same = await run(...compare, '--json');
  expect({ code: same.code, ...jsonOfCounter(same.out) }).toMatchObject({
    ...{ code: 0, live: { total: 2, removed: 0, days: { [TODAY]: 2 } } },
  });
  await injectDrift(database(), 1);
  expect(await run(...compare)).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('The totals differ by 1.') },
  });
});

it('compares with a strongly consistent read of the live counter', async () => {
  const item = (total: string) => ({ counter: { S: 'distinct_sessions' }, total: { N: total } });
  const endpoint = await endpointOf(({ ConsistentRead }) => ({
    Items: [item(ConsistentRead ? '2' : '1')],
  }));
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  expect((await run('replay', '--compare', '--from', file)).code).toBe(0);
});

it('includes records written up to and at --until', async () => {
  const at = async (until: string) => {
    const { code, out, err } = await replay('--from', file, '--until', until, '--json');
    return code === 0 ? JSON.parse(out).records : { code, err };
  };
  expect(await at('2026-11-23T18:00:00.000Z')).toBe(3);
  expect(await at('2026-11-23T19:00:00+01:00')).toBe(3);
  expect(await at('2026-11-23T17:59:59.999Z')).toBe(0);
  const noTimes = ['noon', '2026-11-23', '2026-11-23T18:00:00', '2026-13-23T18:00:00Z'];
  for (const text of [...noTimes, '+002026-11-23T18:00:00Z', '2026-11-23T18:00:00Z (noon)']) {
    expect(await at(text)).toEqual({
      code: 2,
      err: expect.stringContaining(`such as 2026-11-24T12:00:00Z, but it is \\"${text}\\"`),
    });
  }
});

it.each([
  { args: [], says: '--from PATH is required' },
  { args: ['--local', '--from', 'x'], says: 'A target requires --compare' },
])('$args is invalid: $says', async ({ args, says }) => {
  expect(await replay(...args)).toEqual({ code: 2, out: '', err: `${says}\n` });
});

it('its help names its options and its exit codes', () => {
  for (const word of ['--from PATH', '--until TIME', '--compare', 'Exits 0 on', '--stack']) {
    expect(replayCommand.help).toContain(word);
  }
  expect(replayCommand.summary).toContain('replay recorded stream records');
});

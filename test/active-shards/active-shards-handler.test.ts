import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type ActiveShardsProperties,
  createActiveShardsHandler,
} from '../../src/active-shards/active-shards-handler.ts';
import type { ResourceRequest } from '../../src/custom-resource/resource-request.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { startCloudFormation } from '../support/fake-cloudformation.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const NOW = '2030-01-02T00:00:00.000Z';
const A_DAY_LATER = '2030-01-03T01:00:00.000Z'; // and an hour
const IDS = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Shards' };
const ID = 'active-shards';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) }));
afterEach(() => void vi.useRealTimers());

type Request = Pick<ResourceRequest<unknown>, 'RequestType' | 'PhysicalResourceId'>;

/** The response to a request, in a table with a session in each of these partitions. */
const ask = async (
  request: Request,
  {
    to = '1',
    from,
    used = [],
    table,
  }: { to?: string; from?: string; used?: number[]; table?: string },
) => {
  const fresh = await openFreshTables(database());
  const rows = used.map((shard) => ({
    ...{ session_hash: `in ${shard}`, active_shard: shard, last_accessed: NOW },
  }));
  await storeRows(fresh, rows);
  const { url: ResponseURL, responses } = await startCloudFormation();
  const SessionsTable = table ?? fresh.tables.SESSIONS_TABLE;
  const properties = (ActiveShards: string): ActiveShardsProperties => ({
    ActiveShards,
    SessionsTable,
  });
  const old = from === undefined ? {} : { OldResourceProperties: properties(from) };
  const all = { ...IDS, ResponseURL, ...request, ResourceProperties: properties(to), ...old };
  await createActiveShardsHandler(fresh.client)(all);
  return responses;
};

const former = (FormerShards: string) => [
  { ...IDS, Status: 'SUCCESS', PhysicalResourceId: ID, Data: { FormerShards } },
];

/** The warnings of this process from now on, which Node.js writes to the log. */
const collectWarnings = (): string[] => {
  const warnings: string[] = [];
  const collect = (warning: Error) => void warnings.push(String(warning));
  process.on('warning', collect);
  onTestFinished(() => void process.off('warning', collect));
  return warnings;
};

describe('the creation', () => {
  const request = { RequestType: 'Create' } as const;

  it('knows no former partitions of a new counter', async () => {
    expect(await ask(request, {})).toEqual(former('none'));
  });

  it('knows the four of a stack of an earlier version, even if a visit has used one only', async () => {
    expect(await ask(request, { used: [0] })).toEqual(former(`4 until ${A_DAY_LATER}`));
  });

  it('knows more, if an earlier version was given more', async () => {
    expect(await ask(request, { used: [0, 7] })).toEqual(former(`8 until ${A_DAY_LATER}`));
  });
});

describe('an update', () => {
  const request = { RequestType: 'Update', PhysicalResourceId: ID } as const;

  it.each([
    { change: 'to fewer partitions', from: '4', to: '1', used: [0, 3], number: 4 },
    { change: 'to more partitions', from: '1', to: '4', used: [0], number: 1 },
    { change: 'of an index without a visit', from: '4', to: '1', used: [], number: 4 },
    { change: 'back, as a rollback does it', from: '1', to: '4', used: [0, 3], number: 4 },
    { change: 'soon after another', from: '2', to: '1', used: [0, 1, 3], number: 4 },
  ])('$change knows all partitions that may be in use', async ({ number, ...change }) => {
    expect(await ask(request, change)).toEqual(former(`${number} until ${A_DAY_LATER}`));
  });

  it('has the same result when it is delivered again, somewhat longer', async () => {
    const change = { from: '4', to: '1', used: [0] };
    await ask(request, change);
    vi.setSystemTime(Date.parse(NOW) + 60_000);
    expect(await ask(request, change)).toEqual(former('4 until 2030-01-03T01:01:00.000Z'));
  });

  it('keeps the id of the resource, whatever it is', async () => {
    const PhysicalResourceId = 'given by hand';
    const responses = await ask({ ...request, PhysicalResourceId }, { from: '4' });
    expect(responses).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
  });

  it.each(['many', '', '0', '65', '1.5', '4 or 5'])(
    'has every partition read if the number was "%s": a failure would also fail each later change',
    async (from) => {
      expect(await ask(request, { from })).toEqual(former(`64 until ${A_DAY_LATER}`));
    },
  );
});

it.each([
  { request: { RequestType: 'Create' } as const },
  { request: { RequestType: 'Update', PhysicalResourceId: ID } as const, from: '4' },
])(
  'has every partition read when the index cannot be read: $request.RequestType',
  async (given) => {
    const { request, ...change } = given;
    const warnings = collectWarnings();
    expect(await ask(request, { ...change, table: 'away' })).toEqual(
      former(`64 until ${A_DAY_LATER}`),
    );
    expect(warnings).toEqual([expect.stringMatching(/cannot be read.*ResourceNotFoundException/)]);
  },
);

it('does nothing when it is deleted, also without a table', async () => {
  for (const PhysicalResourceId of [ID, 'nothing', 'garbage \u0000']) {
    const request = { RequestType: 'Delete', PhysicalResourceId } as const;
    expect(await ask(request, { table: 'away' })).toEqual([
      { ...IDS, Status: 'SUCCESS', PhysicalResourceId },
    ]);
  }
});

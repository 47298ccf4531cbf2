import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/domain/counter.ts';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { startedAttribute } from '../../src/tables/day-attribute.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { NOW, TODAY } from '../support/stream-records.ts';

const database = useDatabase();

// A client whose connection breaks after this many successful requests.
const clientThatBreaksAfter = (requests: number) => {
  const breaking = createDocumentClient({
    endpoint: database().endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  let left = requests;
  breaking.middlewareStack.add(
    (next) => (args) => {
      left -= 1;
      if (left < 0) throw new Error('connection reset');
      return next(args);
    },
    { step: 'finalizeRequest' },
  );
  return breaking;
};

const checkpointAt = (position: number): Checkpoint => ({
  sequence: parseSequenceNumber(`${position}`) as SequenceNumber,
  at: 1,
});

const changeTo = (
  checkpoint: Checkpoint,
  expectedCheckpoint: Checkpoint | undefined,
): CounterChange => ({
  ...{ shardId: 'shard-a', expectedCheckpoint, checkpoint, started: 1, removed: 0, updatedAt: NOW },
  ...{ counter: SITE, rebuild: undefined, packing: undefined },
  watermark: { expected: 0, next: 0 },
  ...{ startedByDay: new Map([[TODAY, 1]]), removedByDay: new Map(), startedByMonth: new Map() },
  expired: { startedDays: [], removedDays: [], checkpoints: new Map() },
});

const stateOf = async () => {
  const { client, tables } = database();
  const { total, checkpoints } = await readCounter(client, tables.COUNTS_TABLE);
  return { total, checkpoint: checkpoints.get('shard-a') };
};

describe('a commit', () => {
  beforeAll(async () => {
    const { client, tables } = database();
    const commitChange = createCommitChange(client, tables.COUNTS_TABLE);
    await commitChange(changeTo(checkpointAt(1), undefined));
  });

  it.each([0, 1, 2, 3])(
    'is complete even if its connection breaks after %i requests',
    async (requests) => {
      const before = await stateOf();
      const checkpoint = checkpointAt(requests + 2);
      const client = clientThatBreaksAfter(requests);
      const commitChange = createCommitChange(client, database().tables.COUNTS_TABLE);
      await commitChange(changeTo(checkpoint, before.checkpoint)).catch(() => undefined);
      expect(await stateOf()).toEqual(
        requests === 0 ? before : { total: before.total + 1, checkpoint },
      );
    },
  );

  it('writes the attributes of its change and no others', async () => {
    const { client, tables } = database();
    const commitChange = createCommitChange(client, tables.COUNTS_TABLE);
    const untold = { ...changeTo(checkpointAt(1), undefined), updatedAt: undefined };
    await commitChange({ ...untold, shardId: 'shard-b' });
    const Key = { counter: 'distinct_sessions' };
    const { Item = {} } = await client.send(
      new GetCommand({ TableName: tables.COUNTS_TABLE, Key }),
    );
    expect(Object.keys(Item).sort()).toEqual([
      ...[startedAttribute(TODAY), '@=shard-a', '@=shard-b', 'counter'],
      ...['removed', 'total', 'updated_at'],
    ]);
  });

  it('throws every error except a failed condition, because the state of the counter is unknown', async () => {
    const client = await clientOf(() => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    });
    const commit = createCommitChange(client, 'counts')(changeTo(checkpointAt(1), undefined));
    await expect(commit).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

it('changes the total and the checkpoint of its own counter alone', async () => {
  const { client, tables } = database();
  const commit = createCommitChange(client, tables.COUNTS_TABLE);
  const ofCounter = (counter: string) =>
    readCounter(client, tables.COUNTS_TABLE, 'strong', counter);
  await commit({ ...changeTo(checkpointAt(9), undefined), counter: 'docs' });
  expect(await commit({ ...changeTo(checkpointAt(7), undefined), counter: 'blog' })).toMatchObject({
    status: 'committed',
    counter: { total: 1, checkpoints: new Map([['shard-a', checkpointAt(7)]]) },
  });
  expect(await ofCounter('docs')).toMatchObject({
    total: 1,
    checkpoints: new Map([['shard-a', checkpointAt(9)]]),
  });
});

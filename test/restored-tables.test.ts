import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Counter } from '../src/domain/counter.ts';
import { localConnection } from '../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../src/local/embedded-dynamodb.ts';
import { createInMemoryShardPositions } from '../src/local/event-source/shard-positions.ts';
import { startProjection } from '../src/local/projection.ts';
import { createProjectorHandler } from '../src/projector/projector-handler.ts';
import { LIMITS } from '../src/runtime/aws-client.ts';
import { deleteSession } from '../src/tables/delete-session.ts';
import { createDocumentClient } from '../src/tables/document-client.ts';
import { readCounter } from '../src/tables/read-counter.ts';
import { awsVariables, runCommandHere, tableOptions } from './support/counter-command.ts';
import type { TestDatabase } from './support/embedded-database.ts';
import { ageStream } from './support/emulator-file.ts';
import { jsonOfCounter } from './support/json-of-counter.ts';
import { project, untilCounted, visitAt } from './support/projected-database.ts';
import {
  copyDatabase,
  createWithoutStream,
  restoreTables,
  switchOn,
} from './support/restored-tables.ts';
import { inserted } from './support/stream-records.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// docs/operations.md#restore-from-a-backup, step by step.
const OLD = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const RESTORED = { SESSIONS_TABLE: 'sessions-restored', COUNTS_TABLE: 'counts-restored' };
const OLD_SHARD = 'shardId-00000001-sessions';
const NEW_SHARD = 'shardId-00000001-sessions-restored';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const secondsAgo = (seconds: number) => Date.now() / 1000 - seconds;
const countsOf = ({ COUNTS_TABLE }: typeof OLD) => ({ COUNTS_TABLE });
const counterOf = ({ client, tables }: TestDatabase): Promise<Counter> =>
  readCounter(client, tables.COUNTS_TABLE, 'strong');
const remove = ({ client, tables }: TestDatabase, hash: string) =>
  deleteSession(client, tables.SESSIONS_TABLE, hash);
const run = (database: TestDatabase, ...args: string[]) =>
  runCommandHere([...args, '--json', ...tableOptions(database)]);

const verify = async (database: TestDatabase): Promise<'agree' | 'differ' | number> => {
  const { code } = await run(database, 'verify');
  return (['agree', 'differ'] as const)[code] ?? code;
};

const rebuild = async (database: TestDatabase) => {
  const { out } = await run(database, 'rebuild', '--yes', '--margin', '1', '--apart', '1');
  const { missing, surplus, uncertainty } = jsonOfCounter(out);
  return { missing, surplus, uncertainty };
};

/** Counts three sessions of shards that have left the stream since: all that will remain of them is the watermark. */
const countClosedShards = async (endpoint: string): Promise<void> => {
  const client = createDocumentClient(localConnection(endpoint), LIMITS.tablesOutsideLambda);
  const handler = createProjectorHandler({ ...OLD }, client);
  for (const [position, [shardId, hours]] of CLOSED.entries()) {
    const at = hoursAgo(hours);
    await visitAt({ client, tables: OLD }, at, [`closed-${position}`]);
    const { dynamodb, ...record } = inserted(position, at);
    const ApproximateCreationDateTime = Math.floor(Date.parse(at) / 1000);
    const Records = [{ ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime } }];
    await handler({ Records, shardId });
  }
};

const CLOSED: [shardId: string, hours: number][] = [
  ['shardId-gone', 200],
  ['shardId-closed', 100],
  ['shardId-closed', 100],
];

let file: string;
let old: TestDatabase;
let stopOldMapping: () => Promise<void>;
const copy = (name: string): string => {
  const path = `${file}-${name}`;
  copyDatabase(file, path);
  return path;
};

// A counter with a history: a watermark, and an open shard whose last record was written 48 hours ago.
beforeEach(async () => {
  file = join(temporaryFolder(), 'dynamodb.sqlite');
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  onTestFinished(stop);
  for (const [name, value] of Object.entries(awsVariables({ endpoint }))) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  await createWithoutStream(endpoint, OLD);
  await countClosedShards(endpoint);
  old = await switchOn(endpoint, OLD);
  await visitAt(old, hoursAgo(48), ['early-1', 'early-2', 'early-3', 'early-4']);
  ageStream(file, 48);
  ({ stop: stopOldMapping } = startProjection({ ...OLD }, old));
  onTestFinished(stopOldMapping);
  await untilCounted(old, { total: 7, removed: 0 });
});

/** Copies the counts, changes rows and copies the rows: in a backup of one moment, the counts lag like this. */
const backUp = async () => {
  const counts = { copy: copy('counts'), table: OLD.COUNTS_TABLE };
  await visitAt(old, hoursAgo(0), ['between-1', 'between-2']);
  await remove(old, 'early-1');
  const sessions = { copy: copy('sessions'), table: OLD.SESSIONS_TABLE };
  return { counts, sessions };
};

/** What happens after the time of the backup: two visits, and the loss of all older rows. */
const loseRows = async (): Promise<void> => {
  await visitAt(old, hoursAgo(0), ['lost-1', 'lost-2']);
  for (const hash of ['early-2', 'early-3', 'early-4', 'between-1']) await remove(old, hash);
};

/** Restores both tables as new ones, and switches their stream on. */
const restore = async (backups: Parameters<typeof restoreTables>[2]): Promise<TestDatabase> => {
  await restoreTables(old.endpoint, RESTORED, backups);
  return switchOn(old.endpoint, RESTORED);
};

describe('restored tables', { timeout: 60_000 }, () => {
  it('count exactly after a rebuild, also when the whole stream is delivered again', async () => {
    const backups = await backUp();
    await loseRows();
    await untilCounted(old, { total: 11, removed: 5 });
    await stopOldMapping();
    const restored = await restore(backups);
    const { total, checkpoints, watermark } = await counterOf(restored);
    expect({ total, shards: [...checkpoints.keys()] }).toEqual({ total: 7, shards: [OLD_SHARD] });
    expect(secondsAgo(watermark)).toBeCloseTo(100 * 3_600, -2);

    // Before the mapping starts, and after.
    await visitAt(restored, hoursAgo(0), ['new-1', 'early-2']);
    project(restored);
    await visitAt(restored, hoursAgo(0), ['new-2', 'new-3', 'lost-1', 'between-2']);
    await remove(restored, 'between-1');
    await untilCounted(restored, { total: 11, removed: 1 });
    // That of the old stream is dropped, like that of any shard that is 25 hours behind.
    const after = await counterOf(restored);
    expect([...after.checkpoints.keys()]).toEqual([NEW_SHARD]);
    expect(secondsAgo(after.watermark)).toBeCloseTo(48 * 3_600, -2);

    expect(await verify(restored)).toBe('differ');
    expect(await rebuild(restored)).toEqual({ missing: 2, surplus: 1, uncertainty: 0 });
    expect(await verify(restored)).toBe('agree');
    // 7 of the backup, 2 that its counts lack, and 4 new ones. Whoever had been there is not counted again, but for
    // one of the two who came after the backup.
    expect(await counterOf(restored)).toMatchObject({ total: 13, removed: 2 });

    // The visitors who came after the backup and have not come back.
    const imported = ['import', '--from-table', OLD.SESSIONS_TABLE, '--count-visitors-again'];
    const state = ['--state', `${file}-state`, '--rejects', `${file}-rejects`];
    const { out } = await run(restored, ...imported, ...state);
    expect(JSON.parse(out)).toMatchObject({ inserted: 1, rejected: 0 });
    await untilCounted(restored, { total: 14, removed: 2 });
    expect(await verify(restored)).toBe('agree');

    const positions = createInMemoryShardPositions();
    onTestFinished(startProjection({ ...RESTORED }, restored, { positions }).stop);
    await visitAt(restored, hoursAgo(0), ['new-4']);
    await untilCounted(restored, { total: 15, removed: 2 });
    await vi.waitFor(() => expect(positions.get(NEW_SHARD)).not.toBe('start'));
    expect(await verify(restored)).toBe('agree');
  });

  it('agree at once if nothing was counted or written between the two backups', async () => {
    const counts = { copy: copy('both'), table: OLD.COUNTS_TABLE };
    await stopOldMapping();
    const restored = await restore({ counts, sessions: { ...counts, table: OLD.SESSIONS_TABLE } });
    project(restored);
    await visitAt(restored, hoursAgo(0), ['new-1', 'early-1']);
    await untilCounted(restored, { total: 8, removed: 0 });
    expect(await verify(restored)).toBe('agree');
    expect(await rebuild(restored)).toEqual({ missing: 0, surplus: 0, uncertainty: 0 });
  });
});

describe('a step that is left out:', { timeout: 60_000 }, () => {
  it('with the old mapping enabled, visits count whose rows are lost', async () => {
    const backups = await backUp();
    await stopOldMapping();
    const restored = await restore(backups);
    project(restored);
    // It goes on with the stream of the old table, but the projector writes the restored counts.
    const oldMapping = startProjection({ ...OLD, ...countsOf(RESTORED) }, old);
    onTestFinished(oldMapping.stop);
    await visitAt(old, hoursAgo(0), ['lost-1', 'lost-2', 'lost-3']);
    // Those between the backups, too: the total seems to be right until the lost ones are added.
    await untilCounted(restored, { total: 12, removed: 1 });
    await oldMapping.stop();
    expect(await rebuild(restored)).toEqual({ missing: 0, surplus: 3, uncertainty: 0 });
    expect(await counterOf(restored)).toMatchObject({ total: 12, removed: 4 });
  });

  it('with the stream switched on after the first visits, only a rebuild counts these', async () => {
    const backups = await backUp();
    await stopOldMapping();
    await restoreTables(old.endpoint, RESTORED, backups);
    await visitAt({ client: old.client, tables: RESTORED }, hoursAgo(0), ['new-1', 'new-2']);
    const restored = await switchOn(old.endpoint, RESTORED);
    project(restored);
    await visitAt(restored, hoursAgo(0), ['new-3']);
    await untilCounted(restored, { total: 8, removed: 0 });
    expect(await rebuild(restored)).toEqual({ missing: 4, surplus: 1, uncertainty: 0 });
    expect(await counterOf(restored)).toMatchObject({ total: 12, removed: 1 });
  });

  it('with counts of a later time than the sessions, who came in between counts twice', async () => {
    const { sessions } = await backUp();
    await visitAt(old, hoursAgo(0), ['lost-1', 'lost-2']);
    await untilCounted(old, { total: 11, removed: 1 });
    await stopOldMapping();
    const counts = { copy: copy('later'), table: OLD.COUNTS_TABLE };
    const restored = await restore({ sessions, counts });
    project(restored);
    await visitAt(restored, hoursAgo(0), ['lost-1', 'lost-2']);
    await untilCounted(restored, { total: 13, removed: 1 });
    expect(await rebuild(restored)).toEqual({ missing: 0, surplus: 2, uncertainty: 0 });
    expect(await counterOf(restored)).toMatchObject({ total: 13, removed: 3 });
  });
});

import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { startCompaction } from '../../src/local/compaction.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { createInMemoryShardPositions } from '../../src/local/event-source/shard-positions.ts';
import { startProjection } from '../../src/local/projection.ts';
import { deleteSession } from '../../src/tables/delete-session.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { counterKey } from '../../src/tables/schema.ts';
import type { TestDatabase } from '../support/embedded-database.ts';
import { ageStream, readStoredRecords } from '../support/emulator-file.ts';
import { project, untilCounted, visitAt } from '../support/projected-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };
const NOW = '2026-11-23T18:00:00.000Z';
const BLOG = 'blog/first-post';

let file: string;
let database: TestDatabase;
beforeEach(async () => {
  file = join(temporaryFolder(), 'dynamodb.sqlite');
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  onTestFinished(stop);
  database = { ...(await openDatabase(endpoint, TABLES)), endpoint, tables: TABLES };
});

/** A client that never writes this counter: as far as the database can tell, each batch ends in a kill before it. */
const withoutWritesOf = (counter: string): DynamoDBDocumentClient =>
  new Proxy(database.client, {
    get: (client, name) => {
      if (name !== 'send') return Reflect.get(client, name);
      return async (command: { input: { Key?: Record<string, unknown> } }) => {
        if (command.input.Key?.counter === counterKey(counter)) throw new Error('killed');
        return client.send(command as never);
      };
    },
  });

/** Projects one batch, and is killed before the write of this counter but after that of the other. */
const projectUntilKilled = async (
  killed: string,
  other: string,
  expected: { total: number; removed: number },
): Promise<void> => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const positions = createInMemoryShardPositions();
  const client = withoutWritesOf(killed);
  const { stop } = startProjection(TABLES, { ...database, client }, { positions });
  await untilCounted(database, expected, other);
  await stop();
};

const compact = async (): Promise<void> => (await startCompaction(file, TABLES, database)).stop();

describe('after a kill between the writes of one batch, a restart counts for each counter', () => {
  it('when the killed write is of a counter that has no item yet', async () => {
    await visitAt(database, NOW, ['a', 'b'], BLOG);
    await visitAt(database, NOW, ['c', 'd']);
    await projectUntilKilled(BLOG, SITE, { total: 2, removed: 0 });
    project(database);
    await untilCounted(database, { total: 2, removed: 0 }, BLOG);
    await untilCounted(database, { total: 2, removed: 0 });
  });

  it('when the killed write is of the site', async () => {
    await visitAt(database, NOW, ['c', 'd']);
    await visitAt(database, NOW, ['a', 'b'], BLOG);
    await projectUntilKilled(SITE, BLOG, { total: 2, removed: 0 });
    project(database);
    await untilCounted(database, { total: 2, removed: 0 });
    await untilCounted(database, { total: 2, removed: 0 }, BLOG);
  });

  it('when only a deletion is left of a counter, and the stream was compacted a day later', async () => {
    await visitAt(database, NOW, ['a', 'b'], BLOG);
    const first = startProjection(TABLES, database);
    await untilCounted(database, { total: 2, removed: 0 }, BLOG);
    await first.stop();
    await deleteSession(database.client, TABLES.SESSIONS_TABLE, 'a');
    await visitAt(database, NOW, ['c', 'd']);
    await projectUntilKilled(BLOG, SITE, { total: 2, removed: 0 });
    ageStream(file, 48);
    await compact();
    // What is counted is gone, but for the newest record; the deletion stays as it was.
    expect(readStoredRecords(file)).toEqual([
      { sequence: 3, kind: 'REMOVE', isEmpty: false },
      { sequence: 5, kind: 'MODIFY', isEmpty: true },
    ]);
    project(database);
    await untilCounted(database, { total: 2, removed: 1 }, BLOG);
    await untilCounted(database, { total: 2, removed: 0 });
    await compact();
    expect(readStoredRecords(file)).toEqual([{ sequence: 5, kind: 'MODIFY', isEmpty: true }]);
  });
});

it('counts nothing twice when it restarts after both writes', async () => {
  await visitAt(database, NOW, ['a', 'b'], BLOG);
  await visitAt(database, NOW, ['c']);
  const first = startProjection(TABLES, database);
  await untilCounted(database, { total: 2, removed: 0 }, BLOG);
  await untilCounted(database, { total: 1, removed: 0 });
  await first.stop();
  project(database);
  await visitAt(database, NOW, ['e'], BLOG);
  await untilCounted(database, { total: 3, removed: 0 }, BLOG);
  expect(await readCounter(database.client, 'counts', 'strong')).toMatchObject({ total: 1 });
});

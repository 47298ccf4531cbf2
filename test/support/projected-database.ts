import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, vi } from 'vitest';
import type { Counter } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { touchSession } from '../../src/domain/session-touch.ts';
import { utcDay } from '../../src/domain/utc-day.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startProjection } from '../../src/local/projection.ts';
import { startedAttribute } from '../../src/tables/day-attribute.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { counterKey } from '../../src/tables/schema.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import type { TestDatabase } from './embedded-database.ts';
import { ownTables } from './own-tables.ts';

/** New tables for a test, in the database of its file. */
export const openFreshTables = async ({ endpoint }: TestDatabase): Promise<TestDatabase> => {
  const tables = ownTables();
  return { ...(await openDatabase(endpoint, tables)), endpoint, tables };
};

/** Writes a visit of each of these sessions of a counter, by default the site's, all with the same time. */
export const visitAt = async (
  { client, tables }: Pick<TestDatabase, 'client' | 'tables'>,
  seenAt: string,
  sessionHashes: readonly string[],
  counter: string = SITE,
): Promise<void> => {
  const nowMs = Date.parse(seenAt);
  for (const sessionHash of sessionHashes) {
    const touch = touchSession(sessionHash, nowMs, DEFAULT_RULES, counter);
    await upsertSession(client, tables.SESSIONS_TABLE, touch);
  }
};

/** Projects the stream until the end of the test. */
export const project = (database: TestDatabase): void => {
  const { stop } = startProjection({ ...database.tables }, database);
  onTestFinished(stop);
};

/** Resolves when a counter, by default the site's, has these numbers; fails with its actual ones. */
export const untilCounted = (
  { client, tables }: TestDatabase,
  expected: Partial<Pick<Counter, 'total' | 'removed'>>,
  counter: string = SITE,
): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await readCounter(client, tables.COUNTS_TABLE, 'strong', counter)).toMatchObject(
        expected,
      ),
    { timeout: 10_000, interval: 20 },
  );

/** Adds to the total, and to a day if given, without any row, as a bug or a manual edit would. */
export const injectDrift = (
  { client, tables }: TestDatabase,
  by: number,
  day?: Date,
  counter: string = SITE,
) => {
  const names = ['total', ...(day ? [startedAttribute(utcDay(day.getTime()))] : [])];
  return client.send(
    new UpdateCommand({
      TableName: tables.COUNTS_TABLE,
      Key: { counter: counterKey(counter) },
      UpdateExpression: `ADD ${names.map((_, index) => `#n${index} :by`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
      ExpressionAttributeValues: { ':by': by },
    }),
  );
};

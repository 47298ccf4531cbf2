import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, vi } from 'vitest';
import type { Counter } from '../../src/domain/counter.ts';
import { touchSession } from '../../src/domain/session-touch.ts';
import { utcDay } from '../../src/domain/utc-day.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startProjection } from '../../src/local/projection.ts';
import { startedAttribute } from '../../src/tables/day-attribute.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { DEFAULT_RULES } from './default-rules.ts';
import type { TestDatabase } from './embedded-database.ts';
import { ownTables } from './own-tables.ts';

/** New tables for a test, in the database of its file. */
export const openFreshTables = async ({ endpoint }: TestDatabase): Promise<TestDatabase> => {
  const tables = ownTables();
  return { ...(await openDatabase(endpoint, tables)), endpoint, tables };
};

/** Writes a visit of each of these sessions, all with the same time. */
export const visitAt = async (
  { client, tables }: TestDatabase,
  seenAt: string,
  sessionHashes: readonly string[],
): Promise<void> => {
  const nowMs = Date.parse(seenAt);
  for (const sessionHash of sessionHashes) {
    const touch = touchSession(sessionHash, nowMs, DEFAULT_RULES);
    await upsertSession(client, tables.SESSIONS_TABLE, touch);
  }
};

/** Projects the stream until the end of the test. */
export const project = (database: TestDatabase): void => {
  const { stop } = startProjection({ ...database.tables }, database);
  onTestFinished(stop);
};

/** Resolves when the counter has this total and this number of removed rows; fails with its actual numbers. */
export const untilCounted = (
  { client, tables }: TestDatabase,
  expected: Pick<Counter, 'total' | 'removed'>,
): Promise<void> =>
  vi.waitFor(
    async () => expect(await readCounter(client, tables.COUNTS_TABLE)).toMatchObject(expected),
    { timeout: 10_000, interval: 20 },
  );

/** Adds to the total, and to a day if given, without any row, as a bug or a manual edit would. */
export const injectDrift = ({ client, tables }: TestDatabase, by: number, day?: Date) => {
  const names = ['total', ...(day ? [startedAttribute(utcDay(day.getTime()))] : [])];
  return client.send(
    new UpdateCommand({
      TableName: tables.COUNTS_TABLE,
      Key: { counter: 'distinct_sessions' },
      UpdateExpression: `ADD ${names.map((_, index) => `#n${index} :by`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
      ExpressionAttributeValues: { ':by': by },
    }),
  );
};

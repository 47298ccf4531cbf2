import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase, type TableNames } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { findExternalDynamoDB } from '../../src/local/external-dynamodb.ts';
import { ownTables } from './own-tables.ts';

/** A DynamoDB for the tests of a file, with separate tables. */
export interface TestDatabase extends Database {
  readonly endpoint: string;
  readonly tables: TableNames;
}

/** On disk the emulator's stream has indexes; without them it is slow with many records. */
export type Place = 'memory' | 'disk';

/**
 * Runs the tests of a file against the embedded DynamoDB, in memory or on disk, or against the one at
 * AWS_ENDPOINT_URL_DYNAMODB. Returns a function that returns the database, for use inside tests.
 */
export const useDatabase = (place: Place = 'memory'): (() => TestDatabase) => {
  let database: TestDatabase | undefined;
  let stop: (() => Promise<void>) | undefined;
  let folder: string | undefined;
  beforeAll(async () => {
    const given = await findExternalDynamoDB(process.env);
    if (place === 'disk') folder = mkdtempSync(join(tmpdir(), 'session-counter-'));
    const { endpoint, stop: stopIt } = given
      ? { endpoint: given, stop: undefined }
      : await startEmbeddedDynamoDB(folder && join(folder, 'database'));
    stop = stopIt;
    const tables = ownTables();
    database = { ...(await openDatabase(endpoint, tables)), endpoint, tables };
  });
  afterAll(async () => {
    await stop?.();
    if (folder) rmSync(folder, { recursive: true });
  });
  return () => {
    if (database) return database;
    throw new Error('The database is available only while tests run');
  };
};

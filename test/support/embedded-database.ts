import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase, type TableNames } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { findGivenDynamoDB } from '../../src/local/given-dynamodb.ts';
import { ownTables } from './own-tables.ts';

/** A DynamoDB for the tests of one file, with tables of its own. */
export interface TestDatabase extends Database {
  readonly endpoint: string;
  readonly tables: TableNames;
}

/**
 * Runs the tests of a file against the embedded DynamoDB, or against the one that
 * AWS_ENDPOINT_URL_DYNAMODB names. The function that it returns gives the database to a test.
 */
export const useDatabase = (): (() => TestDatabase) => {
  let database: TestDatabase | undefined;
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const given = await findGivenDynamoDB(process.env);
    const { endpoint, stop: stopIt } = given
      ? { endpoint: given, stop: undefined }
      : await startEmbeddedDynamoDB(undefined);
    stop = stopIt;
    const tables = ownTables();
    database = { ...(await openDatabase(endpoint, tables)), endpoint, tables };
  });
  afterAll(() => stop?.());
  return () => {
    if (database) return database;
    throw new Error('The database is there only while tests run');
  };
};

import { openDatabase, type TableNames } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';

/** An embedded DynamoDB with both tables of a counter. */
export interface LocalTables extends AsyncDisposable {
  readonly endpoint: string;
}

/** Starts it in memory, with empty tables. Throws a StartError when it does not start. */
export const startLocalTables = async (names: TableNames): Promise<LocalTables> => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
  try {
    await openDatabase(endpoint, names);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, [Symbol.asyncDispose]: stop };
};

import { randomUUID } from 'node:crypto';

/**
 * Unique table names: in a DynamoDB that outlives a test, its rows must not be visible to other tests.
 */
export const ownTables = () => {
  const id = randomUUID();
  return { SESSIONS_TABLE: `sessions-${id}`, COUNTS_TABLE: `counts-${id}` };
};

import { randomUUID } from 'node:crypto';

/**
 * Names that no other tables have: a DynamoDB that outlives a test must not show its rows to
 * another.
 */
export const ownTables = () => {
  const id = randomUUID();
  return { SESSIONS_TABLE: `sessions-${id}`, COUNTS_TABLE: `counts-${id}` };
};

import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the SQLite database `file`. Its statements wait up to `busyTimeoutMs` while another process has
 * locked it. Throws what SQLite throws.
 */
export const openDatabaseFile = (file: string, busyTimeoutMs: number): DatabaseSync => {
  const database = new DatabaseSync(file);
  // Not the option `timeout`, which Node.js before 22.16 ignores.
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  return database;
};

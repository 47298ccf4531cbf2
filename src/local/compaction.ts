import { createLog } from '../runtime/log.ts';
import { readCounter } from '../tables/read-counter.ts';
import { compactDatabase } from './compact-database.ts';
import type { Database, TableNames } from './database.ts';

const HOUR_MS = 3_600_000;
// About half a second, during which nothing else goes on.
const MAX_BYTES_RUNNING = 64_000_000;

/**
 * Keeps the emulator's database `file` small: compacts it now and every hour until it is stopped.
 * Without a file there is nothing to do. Never rejects: what fails is logged and tried again, since
 * a database that is too large counts as well.
 */
export const startCompaction = async (
  file: string | undefined,
  { SESSIONS_TABLE, COUNTS_TABLE }: TableNames,
  { client }: Pick<Database, 'client'>,
  everyMs = HOUR_MS,
): Promise<{ readonly stop: () => void }> => {
  if (file === undefined) return { stop: () => undefined };
  const log = createLog('compaction');
  let isStopped = false;
  const compact = async (maxBytes: number): Promise<void> => {
    try {
      const { checkpoints } = await readCounter(client, COUNTS_TABLE, 'strong');
      // The folder may be somebody else's by now.
      if (isStopped) return;
      const nowMs = Date.now();
      compactDatabase(file, { tableName: SESSIONS_TABLE, checkpoints, nowMs, maxBytes });
    } catch (error) {
      if (!isStopped) log.error('The database cannot be compacted now', error as Error);
    }
  };
  await compact(Number.POSITIVE_INFINITY);
  const timer = setInterval(() => void compact(MAX_BYTES_RUNNING), everyMs).unref();
  return {
    stop: () => {
      isStopped = true;
      clearInterval(timer);
    },
  };
};

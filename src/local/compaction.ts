import { createLog } from '../runtime/log.ts';
import { scanCounters } from '../tables/scan-counters.ts';
import { compactDatabase } from './compact-database.ts';
import type { Database, TableNames } from './database.ts';

const HOUR_MS = 3_600_000;
// Rewriting a file of this size blocks the process for about half a second.
const MAX_BYTES_WHILE_SERVING = 64_000_000;

/**
 * Keeps the emulator's database `file` small: compacts it now and every `intervalMs`, until
 * stopped. Does nothing without a file. Never rejects: failures are logged and retried at the next
 * interval, because the counter works with a large file too.
 */
export const startCompaction = async (
  file: string | undefined,
  { SESSIONS_TABLE, COUNTS_TABLE }: TableNames,
  { client }: Pick<Database, 'client'>,
  intervalMs = HOUR_MS,
): Promise<{ readonly stop: () => void }> => {
  if (file === undefined) return { stop: () => undefined };
  const log = createLog('compaction');
  let isStopped = false;
  const compact = async (maxBytes: number): Promise<void> => {
    try {
      const counters = await scanCounters(client, COUNTS_TABLE, 'strong');
      // Another process may have the folder by now.
      if (isStopped) return;
      const nowMs = Date.now();
      compactDatabase(file, { tableName: SESSIONS_TABLE, counters, nowMs, maxBytes });
    } catch (error) {
      if (!isStopped) log.error('Could not compact the database', error as Error);
    }
  };
  await compact(Number.POSITIVE_INFINITY);
  const timer = setInterval(() => void compact(MAX_BYTES_WHILE_SERVING), intervalMs).unref();
  return {
    stop: () => {
      isStopped = true;
      clearInterval(timer);
    },
  };
};
